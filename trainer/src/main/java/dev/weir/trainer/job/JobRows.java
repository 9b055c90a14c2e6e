package dev.weir.trainer.job;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Raw feature rows with their labels: a count, a width, the features row by row, the labels. */
public record JobRows(float[][] features, float[] labels) {

  static JobRows read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      int n = in.readInt();
      int width = in.readInt();
      float[][] features = new float[n][width];
      for (float[] row : features) {
        for (int i = 0; i < width; i++) {
          row[i] = in.readFloat();
        }
      }
      float[] labels = new float[n];
      for (int i = 0; i < n; i++) {
        labels[i] = in.readFloat();
      }
      return new JobRows(features, labels);
    }
  }

  void write(Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(features.length);
      out.writeInt(features.length == 0 ? 0 : features[0].length);
      for (float[] row : features) {
        for (float value : row) {
          out.writeFloat(value);
        }
      }
      for (float label : labels) {
        out.writeFloat(label);
      }
    }
  }
}
