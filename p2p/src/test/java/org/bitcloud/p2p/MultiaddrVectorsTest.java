package org.bitcloud.p2p;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Vectors of multiformats' multiaddr, with bytes that js-libp2p made.
final class MultiaddrVectorsTest {
  private static final String K99V = "12D3KooWK99VoVxNE7XzyBwXEzW7xhK7Gpv85r9F3V3fyKSUKPH5";
  private static final String K99V_HEX =
      "a503260024080112208a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c";
  private static final String BTG3 = "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq";
  private static final String BTG3_HEX =
      "a503260024080112201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e";

  @ParameterizedTest
  @CsvSource({
    "/ip4/127.0.0.1/tcp/4001, 047f000001060fa1",
    "/ip6/2001:db8::1/udp/4001/quic-v1, 2920010db800000000000000000000000191020fa1cd03",
    "/dns4/example.com/tcp/443/tls/ws, 360b6578616d706c652e636f6d0601bbc003dd03",
    "/dnsaddr/bootstrap.libp2p.io, 3813626f6f7473747261702e6c69627032702e696f",
    "/ip6zone/eth0/ip6/fe80::1/tcp/1, 2a046574683029fe800000000000000000000000000001060001",
    "/ip4/127.0.0.1/tcp/4001/p2p/" + K99V + ", 047f000001060fa1" + K99V_HEX,
    "/ip4/1.2.3.4/tcp/4001/p2p/"
        + K99V
        + "/p2p-circuit/p2p/"
        + BTG3
        + ", 0401020304060fa1"
        + K99V_HEX
        + "a202"
        + BTG3_HEX
  })
  void hasBothForms(String text, String hex) throws MalformedException {
    Bytes bytes = Bytes.fromHex("0x" + hex);
    Multiaddr parsed = Multiaddr.parse(text);
    assertEquals(bytes, parsed.bytes());
    assertEquals(parsed, Multiaddr.decode(bytes));
    assertEquals(text, Multiaddr.decode(bytes).toString());
    assertEquals(parsed, Multiaddr.parse(text + "/"));
  }

  @ParameterizedTest
  @CsvSource({
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "::ffff:192.0.2.1, ::ffff:c000:201",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
    "0:0:1::, 0:0:1::"
  })
  void writesIpv6AsRfc5952(String given, String canonical) throws MalformedException {
    Multiaddr address = Multiaddr.parse("/ip6/" + given + "/tcp/1");
    assertEquals("/ip6/" + canonical + "/tcp/1", address.toString());
    assertEquals(address, Multiaddr.parse(address.toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "ip4/1.2.3.4",
        "/ip4",
        "/ip4/",
        "//ip4/1.2.3.4",
        "/ip4/1.2.3",
        "/ip4/01.2.3.4",
        "/ip4/256.2.3.4",
        "/ip4/1.2.3.4/tcp",
        "/ip4/1.2.3.4/tcp/65536",
        "/ip4/1.2.3.4/tcp/-1",
        "/ip4/1.2.3.4/tcp/+1",
        "/ip4/1.2.3.4/tcp/٣",
        "/ip4/1.2.3.4/sctp/1",
        "/ip6/::1::2/tcp/1",
        "/ip6/1:2:3:4:5:6:7:8:9/tcp/1",
        "/ip6/1:2:3:4:5:6:7/tcp/1",
        "/ip6/:1/tcp/1",
        "/ip6/12345::/tcp/1",
        "/ip6/fe80::1%eth0/tcp/1",
        "/ip6/[::1]/tcp/1",
        "/dns/exa mple/tcp/1",
        "/dns/\u001b[31m/tcp/1",
        "/p2p/nobody",
        "/certhash/uAA==",
        "/ipcidr/129"
      })
  void refusesOtherText(String text) {
    assertThrows(MalformedException.class, () -> Multiaddr.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "04",
        "047f0000",
        "047f000001060f",
        "84007f000001", // padded code
        "02", // unknown code
        "3600", // empty name
        "36ff", // length beyond the end
        "36ffffffffffffffff7f61",
        "36ffffffffffffffffff7f",
        "3601" + "2f", // a slash in a name
        "a50301" + "00"
      })
  void refusesOtherBytes(String hex) throws MalformedException {
    Bytes bytes = Bytes.fromHex("0x" + hex);
    assertThrows(MalformedException.class, () -> Multiaddr.decode(bytes));
  }

  @Test
  void isBounded() {
    assertThrows(
        MalformedException.class,
        () -> Multiaddr.decode(Bytes.of(new byte[Multiaddr.SIZE_MAX + 1])));
    assertThrows(
        MalformedException.class, () -> Multiaddr.parse("/dns/" + "a".repeat(Multiaddr.SIZE_MAX)));
    assertThrows(MalformedException.class, () -> Multiaddr.parse("/tls".repeat(33)));
  }

  @Test
  void tellsTheTcpTargetAndThePeer() throws MalformedException {
    Multiaddr address = Multiaddr.parse("/dns4/example.com/tcp/443");
    Multiaddr named = address.withPeer(PeerId.parse(K99V));
    assertEquals(
        new Multiaddr.TcpTarget(AddressProtocol.DNS4, "example.com", 443),
        named.tcp().orElseThrow());
    assertEquals(K99V, named.peer().orElseThrow().toString());
    assertTrue(address.peer().isEmpty());
    assertTrue(Multiaddr.parse("/dns4/example.com/tcp/443/ws").tcp().isEmpty());
    assertTrue(Multiaddr.parse("/ip4/1.2.3.4/udp/443").tcp().isEmpty());
  }

  @Test
  void comesFromASocketAddress() throws Exception {
    assertEquals(
        "/ip6/::1/tcp/80",
        Multiaddr.ofTcp(new InetSocketAddress(InetAddress.ofLiteral("::1"), 80)).toString());
    assertEquals(
        "/dns/example.com/tcp/80",
        Multiaddr.ofTcp(InetSocketAddress.createUnresolved("example.com", 80)).toString());
  }

  @Test
  void readsTheHashOfACertificate() throws MalformedException {
    String text =
        "/ip4/1.2.3.4/udp/1/quic-v1/webtransport/certhash/"
            + "uEiAsGPzpiPGQzSlVHRXrUCT5EkTV7YFrV4VZ3hpEKTd_zg";
    assertEquals(text, Multiaddr.decode(Multiaddr.parse(text).bytes()).toString());
  }
}
