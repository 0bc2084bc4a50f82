package org.bitcloud.market.reader;

import java.io.InputStream;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.codec.Manifest;
import org.bitcloud.primitives.Hash;

/// An object whose manifest is known, ready to be read. Safe for any number of threads.
public final class StoredObject {
  private final Hash id;
  private final Manifest manifest;
  private final SlabReader slabs;
  private final ReaderOptions options;

  StoredObject(Hash id, Manifest manifest, SlabReader slabs, ReaderOptions options) {
    this.id = id;
    this.manifest = manifest;
    this.slabs = slabs;
    this.options = options;
  }

  /// The id by which it is asked for.
  public Hash id() {
    return id;
  }

  /// Everything about its shards, and its keys: whoever has it can read the object.
  public Manifest manifest() {
    return manifest;
  }

  /// The number of bytes.
  public long size() {
    return manifest.size();
  }

  /// The file name it was stored under, perhaps empty; never a path.
  public String name() {
    return manifest.name();
  }

  /// The media type it was stored with, perhaps empty.
  public String mediaType() {
    return manifest.mediaType();
  }

  /// The SHA-256 of all its bytes.
  public Hash sha256() {
    return manifest.sha256();
  }

  /// Opens a stream of a range; it fetches ahead and gives out verified bytes only.
  ///
  /// Reading may fail with an IOException whose cause is a [MarketException]. Closing the stream
  /// cancels what is on its way.
  ///
  /// @throws MarketException `RANGE_OUTSIDE` when the range is not inside the object
  public InputStream read(long offset, long length) throws MarketException {
    return read(offset, length, WarningSink.NONE);
  }

  /// The same, telling of providers that answered wrongly.
  ///
  /// @throws MarketException `RANGE_OUTSIDE` when the range is not inside the object
  public InputStream read(long offset, long length, WarningSink warnings) throws MarketException {
    if (offset < 0 || length < 0 || offset > size() || length > size() - offset) {
      throw new MarketException(
          MarketError.RANGE_OUTSIDE,
          length + " bytes from " + offset + " are outside of an object of " + size() + " bytes");
    }
    return new ObjectStream(manifest, slabs, options, warnings, offset, length);
  }
}
