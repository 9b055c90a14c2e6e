package dev.weir.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CtrlCTest {
  @Test
  void interruptsWorkAndLeavesTheThreadFitToClose() {
    try (CtrlC ctrlC = CtrlC.guard()) {
      assertThatThrownBy(
              () ->
                  ctrlC.interruptibly(
                      () -> {
                        ctrlC.press();
                        new CountDownLatch(1).await();
                        return 0;
                      }))
          .isInstanceOf(InterruptedException.class);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      assertThat(ctrlC.isPressed()).isTrue();
    }
  }

  @Test
  void clearsAFlagThatALibrarySetAgain() throws Exception {
    try (CtrlC ctrlC = CtrlC.guard()) {
      ctrlC.interruptibly(
          () -> {
            ctrlC.press();
            return 0;
          });
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  @Test
  void noWorkBeginsOnceItWasPressed() {
    try (CtrlC ctrlC = CtrlC.guard()) {
      ctrlC.press();
      assertThatThrownBy(() -> ctrlC.interruptibly(() -> 0))
          .isInstanceOf(InterruptedException.class);
    }
  }
}
