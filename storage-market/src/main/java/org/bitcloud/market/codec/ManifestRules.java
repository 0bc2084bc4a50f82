package org.bitcloud.market.codec;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// What must hold between the parts of a manifest, whoever made it.
final class ManifestRules {
  private ManifestRules() {}

  /// The first rule that is broken, in words, or an empty text.
  static String fault(
      int dataShards,
      int shards,
      long size,
      String mediaType,
      String name,
      List<Manifest.Slab> slabs) {
    if (dataShards < 1 || dataShards > shards || shards > ErasureCode.SHARDS_MAX) {
      return "manifest has no erasure code " + dataShards + " of " + shards;
    }
    if (!isMediaType(mediaType)) {
      return "manifest has a media type that is too long or not printable ASCII";
    }
    if (!isName(name)) {
      return "manifest has a name that is too long or no file name";
    }
    int capacity = SlabLayout.capacity(dataShards);
    if (size < 0 || Math.ceilDiv(size, capacity) != slabs.size()) {
      return "manifest has " + slabs.size() + " slabs for an object of " + size + " bytes";
    }
    long left = size;
    for (Manifest.Slab slab : slabs) {
      if (slab.length() != Math.min(capacity, left)) {
        return "manifest has a slab of " + slab.length() + " bytes where " + left + " are left";
      }
      if (slab.shards().size() != shards) {
        return "manifest has a slab of " + slab.shards().size() + " shards instead of " + shards;
      }
      left -= slab.length();
    }
    return "";
  }

  // It ends up in a header of HTTP.
  private static boolean isMediaType(String text) {
    return text.length() <= Manifest.MEDIA_TYPE_BYTES_MAX
        && text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
  }

  // It ends up as the name of a file on somebody else's disk.
  private static boolean isName(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length <= Manifest.NAME_BYTES_MAX
        && text.chars().noneMatch(c -> Character.isISOControl(c) || c == '/' || c == '\\')
        && !text.equals(".")
        && !text.equals("..");
  }
}
