package dev.weir.auditor.table;

import java.util.ArrayList;
import java.util.List;

/** The attributes of a table and their intersections. */
final class Attributes {
  private Attributes() {}

  /**
   * Returns the attributes, then the intersections of two of them, then of three, and so on.
   *
   * @param singles one per column
   * @param depth how many are intersected at most
   * @param warnings takes a sentence for each intersection that is left out
   */
  static List<Attribute> crossed(List<Attribute> singles, int depth, List<String> warnings) {
    List<Attribute> all = new ArrayList<>(singles);
    List<Crossing> last = new ArrayList<>();
    for (int i = 0; i < singles.size(); i++) {
      last.add(new Crossing(singles.get(i), i));
    }
    for (int order = 2; order <= Math.min(depth, singles.size()); order++) {
      last = next(last, singles, warnings);
      last.forEach(crossing -> all.add(crossing.attribute()));
    }
    return all;
  }

  private static List<Crossing> next(
      List<Crossing> crossings, List<Attribute> singles, List<String> warnings) {
    List<Crossing> next = new ArrayList<>();
    for (Crossing crossing : crossings) {
      for (int i = crossing.last() + 1; i < singles.size(); i++) {
        Attribute left = crossing.attribute();
        Attribute right = singles.get(i);
        long groups = (long) left.groups().size() * right.groups().size();
        if (groups > Attribute.MOST_GROUPS) {
          warnings.add(
              "the intersection "
                  + left.name()
                  + Attribute.AND
                  + right.name()
                  + " has "
                  + groups
                  + " groups, more than "
                  + Attribute.MOST_GROUPS
                  + ", and is left out");
        } else {
          next.add(new Crossing(left.and(right), i));
        }
      }
    }
    return next;
  }

  /** An intersection, and the index of the last attribute in it. */
  private record Crossing(Attribute attribute, int last) {}
}
