package dev.weir.pipeline;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Says of what stopped a pipeline what whoever runs it can do about it. */
final class StopReason {
  /** What systems say of a disk that takes no more, in English and in lower case. */
  private static final List<String> FULL =
      List.of("no space left on device", "disk quota exceeded", "not enough space on the disk");

  private static final long MIB = 1 << 20;

  private StopReason() {}

  /**
   * Returns an exception whose message says what happened and what to do, with the first one as its
   * cause; the first one itself where there is no more to say.
   *
   * @param stateDirectory where the stores are
   */
  static Throwable of(Throwable failure, Path stateDirectory) {
    if (!isDiskFull(failure)) {
      return failure;
    }
    long freeMib = new File(stateDirectory.toString()).getUsableSpace() / MIB;
    return new IllegalStateException(
        "the disk of the state directory "
            + stateDirectory
            + " is full ("
            + freeMib
            + " MiB free): make room there, or move the directory to a larger disk, and start"
            + " again; nothing is lost, what was not committed is read again",
        failure);
  }

  private static boolean isDiskFull(Throwable failure) {
    Throwable each = failure;
    while (each != null) {
      String message = String.valueOf(each.getMessage()).toLowerCase(Locale.ROOT);
      if (FULL.stream().anyMatch(message::contains)) {
        return true;
      }
      each = each.getCause();
    }
    return false;
  }
}
