package org.bitcloud.p2p;

import java.util.ArrayList;
import java.util.List;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;

/// Text of IP addresses, strict and without a look at any name service: dotted decimal for version
/// 4, RFC 5952 for version 6.
final class IpText {
  private static final int GROUPS = 8;

  private IpText() {}

  static Bytes parse4(String text) throws MalformedException {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      throw new MalformedException("not an IPv4 address: " + text);
    }
    byte[] bytes = new byte[4];
    for (int i = 0; i < 4; i++) {
      bytes[i] = (byte) Decimal.parse(parts[i], 255);
    }
    return Bytes.wrap(bytes);
  }

  static String format4(Bytes ip) {
    return ip.unsigned(0) + "." + ip.unsigned(1) + "." + ip.unsigned(2) + "." + ip.unsigned(3);
  }

  static Bytes parse6(String text) throws MalformedException {
    int gap = text.indexOf("::");
    List<Integer> head = groups(gap < 0 ? text : text.substring(0, gap), gap < 0);
    List<Integer> tail = gap < 0 ? List.of() : groups(text.substring(gap + 2), true);
    int known = head.size() + tail.size();
    if (gap < 0 ? known != GROUPS : known >= GROUPS) {
      throw new MalformedException("not an IPv6 address: " + text);
    }
    byte[] bytes = new byte[16];
    put(bytes, 0, head);
    put(bytes, GROUPS - tail.size(), tail);
    return Bytes.wrap(bytes);
  }

  private static void put(byte[] bytes, int at, List<Integer> groups) {
    for (int i = 0; i < groups.size(); i++) {
      int group = groups.get(i);
      bytes[2 * (at + i)] = (byte) (group >>> 8);
      bytes[2 * (at + i) + 1] = (byte) group;
    }
  }

  private static List<Integer> groups(String text, boolean last) throws MalformedException {
    List<Integer> groups = new ArrayList<>();
    if (text.isEmpty()) {
      return groups;
    }
    String[] parts = text.split(":", GROUPS + 1);
    for (int i = 0; i < parts.length; i++) {
      if (last && i == parts.length - 1 && parts[i].contains(".")) {
        Bytes v4 = parse4(parts[i]);
        groups.add((v4.unsigned(0) << 8) | v4.unsigned(1));
        groups.add((v4.unsigned(2) << 8) | v4.unsigned(3));
      } else {
        groups.add(group(parts[i]));
      }
    }
    return groups;
  }

  private static int group(String text) throws MalformedException {
    if (text.isEmpty() || text.length() > 4) {
      throw new MalformedException("not a group of an IPv6 address: " + text);
    }
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw new MalformedException("not a group of an IPv6 address: " + text);
      }
      value = (value << 4) | digit;
    }
    return value;
  }

  /// RFC 5952: lower case, no leading zeros, the first longest run of two or more zero groups as
  /// `::`.
  static String format6(Bytes ip) {
    int[] group = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      group[i] = (ip.unsigned(2 * i) << 8) | ip.unsigned(2 * i + 1);
    }
    int gap = -1;
    int gapLength = 1;
    for (int i = 0; i < GROUPS; i++) {
      int run = 0;
      while (i + run < GROUPS && group[i + run] == 0) {
        run++;
      }
      if (run > gapLength) {
        gap = i;
        gapLength = run;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == gap) {
        text.append("::");
        i += gapLength - 1;
        continue;
      }
      if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
        text.append(':');
      }
      text.append(Integer.toHexString(group[i]));
    }
    return text.toString();
  }
}
