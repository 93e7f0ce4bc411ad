package io.bradawl.agent.config;

import org.jspecify.annotations.Nullable;

/** Finds what was probably meant by a misspelt name. */
final class Suggestion {

  private static final int FARTHEST = 2;

  private Suggestion() {}

  static @Nullable String ofProperty(String name) {
    Key key = nearest(name, false);
    return key == null ? null : key.property();
  }

  static @Nullable String ofVariable(String name) {
    Key key = nearest(name, true);
    return key == null ? null : key.variable();
  }

  private static @Nullable Key nearest(String name, boolean variables) {
    Key nearest = null;
    int least = FARTHEST + 1;
    for (Key key : Key.values()) {
      int distance = distance(name, variables ? key.variable() : key.property());
      if (distance < least) {
        least = distance;
        nearest = key;
      }
    }
    return nearest;
  }

  /** How many letters must be added, removed, replaced or swapped with their neighbour. */
  static int distance(String one, String other) {
    int[][] cost = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : step(one, other, i, j, cost);
      }
    }
    return cost[one.length()][other.length()];
  }

  private static int step(String one, String other, int i, int j, int[][] cost) {
    int replaced = cost[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
    int least = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
    return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
  }
}
