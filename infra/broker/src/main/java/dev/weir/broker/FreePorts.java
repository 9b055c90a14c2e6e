package dev.weir.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of the loopback interface that nobody listens on at the moment of asking. */
final class FreePorts {
  private FreePorts() {}

  /** Returns two different free ports, both held until both are known. */
  static int[] two() {
    try (ServerSocket first = bound(0);
        ServerSocket second = bound(0)) {
      return new int[] {first.getLocalPort(), second.getLocalPort()};
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns three different free ports, all held until all are known. */
  static int[] three() {
    try (ServerSocket third = bound(0)) {
      int[] two = two();
      return new int[] {two[0], two[1], third.getLocalPort()};
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails with the port's number if somebody listens on it. */
  static void requireFree(int port) {
    try (ServerSocket probe = bound(port)) {
      assert probe.getLocalPort() == port;
    } catch (IOException e) {
      throw new BrokerException("port " + port + " of 127.0.0.1 is taken", e);
    }
  }

  private static ServerSocket bound(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
