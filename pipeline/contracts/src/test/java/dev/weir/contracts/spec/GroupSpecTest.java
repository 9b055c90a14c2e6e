package dev.weir.contracts.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupSpecTest {
  private static final Map<String, List<String>> CLASSES = Map.of("large", List.of("ATL", "ORD"));

  @Test
  void declaredAreTheClassesAndThatOfAllOthers() {
    assertThat(new GroupSpec("size", "origin", CLASSES, "small").declared())
        .containsExactly("large", "small");
    assertThat(new GroupSpec("size", "origin", CLASSES, null).declared()).containsExactly("large");
    assertThat(new GroupSpec("carrier", "carrier", Map.of(), null).declared()).isEmpty();
  }

  @Test
  void listedValueHasItsClass() {
    assertThat(new GroupSpec("size", "origin", CLASSES, "small").groupOf("ORD")).isEqualTo("large");
  }

  @Test
  void otherValueHasTheOtherwiseClass() {
    assertThat(new GroupSpec("size", "origin", CLASSES, "small").groupOf("XNA")).isEqualTo("small");
  }

  @Test
  void otherValueIsItselfWithoutOtherwise() {
    assertThat(new GroupSpec("size", "origin", CLASSES, null).groupOf("XNA")).isEqualTo("XNA");
    assertThat(new GroupSpec("carrier", "carrier", Map.of(), null).groupOf("DL")).isEqualTo("DL");
  }
}
