package dev.weir.trainer.job;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Rows with labels, as they travel to the child: N, F, then N × (F floats, label, weight).
 *
 * @param features shape [N, F]; not copied
 * @param labels shape [N]; not copied
 * @param weights how much each counts in the loss, ≥ 0, shape [N]; not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record Rows(float[][] features, float[] labels, float[] weights) {
  /** Creates rows that count the same. */
  public Rows(float[][] features, float[] labels) {
    this(features, labels, ones(labels.length));
  }

  private static float[] ones(int n) {
    float[] ones = new float[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** Writes the rows. */
  void write(Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(features.length);
      out.writeInt(features.length == 0 ? 0 : features[0].length);
      for (int i = 0; i < features.length; i++) {
        for (float each : features[i]) {
          out.writeFloat(each);
        }
        out.writeFloat(labels[i]);
        out.writeFloat(weights[i]);
      }
    }
  }

  /** Reads rows. */
  static Rows read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      int n = in.readInt();
      int width = in.readInt();
      float[][] features = new float[n][width];
      float[] labels = new float[n];
      float[] weights = new float[n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < width; j++) {
          features[i][j] = in.readFloat();
        }
        labels[i] = in.readFloat();
        weights[i] = in.readFloat();
      }
      return new Rows(features, labels, weights);
    }
  }
}
