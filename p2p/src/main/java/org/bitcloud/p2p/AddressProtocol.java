package org.bitcloud.p2p;

import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;

/// One layer of a [Multiaddr]: its code and name in the multiaddr protocol table, and the shape of
/// its value.
public enum AddressProtocol {
  /// An IPv4 address.
  IP4(4, "ip4", 4),
  /// A TCP port.
  TCP(6, "tcp", 2),
  /// An IPv6 address.
  IP6(41, "ip6", 16),
  /// The zone of the IPv6 address that follows.
  IP6ZONE(42, "ip6zone", AddressProtocol.VARIABLE),
  /// The prefix length of the address before it.
  IPCIDR(43, "ipcidr", 1),
  /// A name that resolves to either kind of IP address.
  DNS(53, "dns", AddressProtocol.VARIABLE),
  /// A name that resolves to IPv4 addresses.
  DNS4(54, "dns4", AddressProtocol.VARIABLE),
  /// A name that resolves to IPv6 addresses.
  DNS6(55, "dns6", AddressProtocol.VARIABLE),
  /// A name whose TXT records hold multiaddrs.
  DNSADDR(56, "dnsaddr", AddressProtocol.VARIABLE),
  /// A UDP port.
  UDP(273, "udp", 2),
  /// WebRTC to a browser without a signalling server.
  WEBRTC_DIRECT(280, "webrtc-direct", 0),
  /// WebRTC between browsers.
  WEBRTC(281, "webrtc", 0),
  /// A circuit through the relay named before it.
  P2P_CIRCUIT(290, "p2p-circuit", 0),
  /// A peer id.
  P2P(421, "p2p", AddressProtocol.VARIABLE),
  /// TLS.
  TLS(448, "tls", 0),
  /// The server name that TLS asks for.
  SNI(449, "sni", AddressProtocol.VARIABLE),
  /// Noise.
  NOISE(454, "noise", 0),
  /// QUIC of draft 29.
  QUIC(460, "quic", 0),
  /// QUIC of RFC 9000.
  QUIC_V1(461, "quic-v1", 0),
  /// WebTransport.
  WEBTRANSPORT(465, "webtransport", 0),
  /// The multihash of a certificate.
  CERTHASH(466, "certhash", AddressProtocol.VARIABLE),
  /// WebSocket.
  WS(477, "ws", 0),
  /// WebSocket over TLS.
  WSS(478, "wss", 0),
  /// HTTP.
  HTTP(480, "http", 0);

  static final int VARIABLE = -1;
  private static final int NAME_MAX = 253; // RFC 1035
  private static final int ZONE_MAX = 32;
  private static final int CERTHASH_MAX = 66; // SHA-512 multihash

  private static final Map<Integer, AddressProtocol> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toMap(AddressProtocol::code, Function.identity()));
  private static final Map<String, AddressProtocol> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(AddressProtocol::text, Function.identity()));

  private final int code;
  private final String text;
  private final int size;

  AddressProtocol(int code, String text, int size) {
    this.code = code;
    this.text = text;
    this.size = size;
  }

  /// The number in the binary form.
  public int code() {
    return code;
  }

  /// The name in the text form.
  public String text() {
    return text;
  }

  /// Whether a value follows the name.
  public boolean hasValue() {
    return size != 0;
  }

  /// How many bytes the value has, or [#VARIABLE].
  int size() {
    return size;
  }

  static Optional<AddressProtocol> ofCode(long code) {
    return code > Integer.MAX_VALUE
        ? Optional.empty()
        : Optional.ofNullable(BY_CODE.get((int) code));
  }

  static Optional<AddressProtocol> ofText(String text) {
    return Optional.ofNullable(BY_NAME.get(text.equals("ipfs") ? "p2p" : text));
  }

  /// Reads the text of a value.
  Bytes parse(String value) throws MalformedException {
    Bytes bytes =
        switch (this) {
          case IP4 -> IpText.parse4(value);
          case IP6 -> IpText.parse6(value);
          case TCP, UDP -> {
            int port = Decimal.parse(value, 0xffff);
            yield Bytes.of((byte) (port >>> 8), (byte) port);
          }
          case IPCIDR -> Bytes.of((byte) Decimal.parse(value, 128));
          case P2P -> PeerId.parse(value).bytes();
          case CERTHASH -> parseCertificateHash(value);
          default -> Bytes.ofUtf8(value);
        };
    check(bytes);
    return bytes;
  }

  /// The text of a checked value.
  String format(Bytes value) {
    return switch (this) {
      case IP4 -> IpText.format4(value);
      case IP6 -> IpText.format6(value);
      case TCP, UDP -> Integer.toString((value.unsigned(0) << 8) | value.unsigned(1));
      case IPCIDR -> Integer.toString(value.unsigned(0));
      case P2P -> Base58.encode(value);
      case CERTHASH ->
          "u" + Base64.getUrlEncoder().withoutPadding().encodeToString(value.toArray());
      default -> ascii(value);
    };
  }

  /// Checks a value that came in binary form.
  void check(Bytes value) throws MalformedException {
    if (size != VARIABLE && value.size() != size) {
      throw new MalformedException(text + " with " + value.size() + " bytes, not " + size);
    }
    switch (this) {
      case P2P -> {
        PeerId ignored = PeerId.decode(value);
      }
      case IPCIDR -> require(value.unsigned(0) <= 128);
      case IP6ZONE -> {
        require(value.size() >= 1 && value.size() <= ZONE_MAX);
        checkCharacters(value);
      }
      case DNS, DNS4, DNS6, DNSADDR, SNI -> {
        require(value.size() >= 1 && value.size() <= NAME_MAX);
        checkCharacters(value);
      }
      case CERTHASH -> require(value.size() >= 2 && value.size() <= CERTHASH_MAX);
      default -> {}
    }
  }

  private void require(boolean holds) throws MalformedException {
    if (!holds) {
      throw new MalformedException("malformed value of /" + text);
    }
  }

  // Letters, digits, hyphen, dot, underscore: names in text form can hold neither a slash nor
  // anything that a terminal or a log would act on.
  private void checkCharacters(Bytes value) throws MalformedException {
    for (int i = 0; i < value.size(); i++) {
      int c = value.get(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean digit = c >= '0' && c <= '9';
      require(letter || digit || c == '-' || c == '.' || c == '_');
    }
  }

  private static String ascii(Bytes value) {
    StringBuilder chars = new StringBuilder(value.size());
    for (int i = 0; i < value.size(); i++) {
      chars.append((char) value.get(i));
    }
    return chars.toString();
  }

  // Multibase: `u` is base64url without padding, the form that browsers print.
  private static Bytes parseCertificateHash(String value) throws MalformedException {
    if (!value.startsWith("u") || value.length() > 1 + 4 * CERTHASH_MAX / 3 + 1) {
      throw new MalformedException("malformed value of /certhash");
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(value.substring(1));
      String again = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      if (!value.substring(1).equals(again)) {
        throw new MalformedException("malformed value of /certhash");
      }
      return Bytes.wrap(bytes);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("malformed value of /certhash");
    }
  }
}
