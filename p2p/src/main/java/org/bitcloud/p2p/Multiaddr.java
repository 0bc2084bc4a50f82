package org.bitcloud.p2p;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;

/// A network address that says all its layers, such as `/ip4/127.0.0.1/tcp/4001` (libp2p specs,
/// `addressing`; multiformats, `multiaddr`).
///
/// Equality is that of the binary form. Both forms are strict: an unknown protocol, a padded number
/// or bytes left over make the whole address malformed, because a value of unknown length cannot be
/// skipped. Bounded by [#SIZE_MAX] and [#COMPONENTS_MAX].
public final class Multiaddr {
  /// The most bytes of the binary form: what a price list on chain has room for.
  public static final int SIZE_MAX = 128;

  /// The most components; each costs a byte at least, most name a layer that a dialer must handle.
  public static final int COMPONENTS_MAX = 32;

  // A byte of a value never needs more than four characters, a code never more than 15.
  private static final int TEXT_MAX = 4 * SIZE_MAX + 15 * COMPONENTS_MAX;

  private final Bytes bytes;
  private final List<Component> components;

  /// One layer: a protocol and its value, empty where the protocol has none.
  public record Component(AddressProtocol protocol, Bytes value) {
    /// The text of the value, empty where the protocol has none.
    public String text() {
      return protocol.hasValue() ? protocol.format(value) : "";
    }
  }

  private Multiaddr(Bytes bytes, List<Component> components) {
    this.bytes = bytes;
    this.components = List.copyOf(components);
  }

  /// Reads the binary form.
  public static Multiaddr decode(Bytes bytes) throws MalformedException {
    if (bytes.size() == 0 || bytes.size() > SIZE_MAX) {
      throw new MalformedException("multiaddr of " + bytes.size() + " bytes");
    }
    List<Component> components = new ArrayList<>();
    ByteCursor in = new ByteCursor(bytes);
    while (!in.atEnd()) {
      long code = Varint.read(in);
      AddressProtocol protocol =
          AddressProtocol.ofCode(code)
              .orElseThrow(() -> new MalformedException("unknown address protocol " + code));
      long size = protocol.size() == AddressProtocol.VARIABLE ? Varint.read(in) : protocol.size();
      Bytes value = in.take(size);
      protocol.check(value);
      components.add(new Component(protocol, value));
      checkCount(components);
    }
    return new Multiaddr(bytes, components);
  }

  /// Reads the text form. A slash at the end is allowed, `ipfs` is another name for `p2p`.
  public static Multiaddr parse(String text) throws MalformedException {
    if (!text.startsWith("/") || text.length() < 2 || text.length() > TEXT_MAX) {
      throw new MalformedException("not a multiaddr: " + shown(text));
    }
    String[] parts = text.substring(1).split("/", -1);
    int count = parts[parts.length - 1].isEmpty() ? parts.length - 1 : parts.length;
    List<Component> components = new ArrayList<>();
    int at = 0;
    while (at < count) {
      String name = parts[at++];
      AddressProtocol protocol =
          AddressProtocol.ofText(name)
              .orElseThrow(() -> new MalformedException("unknown address protocol " + shown(name)));
      Bytes value = Bytes.EMPTY;
      if (protocol.hasValue()) {
        if (at == count) {
          throw new MalformedException("no value behind /" + name);
        }
        value = protocol.parse(parts[at++]);
      }
      components.add(new Component(protocol, value));
      checkCount(components);
    }
    return of(components);
  }

  /// The address of a TCP socket, resolved or not; an unresolved one becomes `/dns/NAME`.
  public static Multiaddr ofTcp(InetSocketAddress socket) throws MalformedException {
    InetAddress ip = socket.getAddress();
    Component host;
    if (ip == null) {
      AddressProtocol dns = AddressProtocol.DNS;
      host = new Component(dns, dns.parse(socket.getHostString()));
    } else {
      byte[] raw = ip.getAddress();
      host =
          new Component(raw.length == 4 ? AddressProtocol.IP4 : AddressProtocol.IP6, Bytes.of(raw));
    }
    AddressProtocol tcp = AddressProtocol.TCP;
    return of(List.of(host, new Component(tcp, tcp.parse(Integer.toString(socket.getPort())))));
  }

  private static Multiaddr of(List<Component> components) throws MalformedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Component component : components) {
      Varint.write(out, component.protocol().code());
      if (component.protocol().size() == AddressProtocol.VARIABLE) {
        Varint.write(out, component.value().size());
      }
      out.writeBytes(component.value().toArray());
    }
    if (out.size() == 0 || out.size() > SIZE_MAX) {
      throw new MalformedException("multiaddr of " + out.size() + " bytes");
    }
    return new Multiaddr(Bytes.wrap(out.toByteArray()), components);
  }

  private static void checkCount(List<Component> components) throws MalformedException {
    if (components.size() > COMPONENTS_MAX) {
      throw new MalformedException("multiaddr of more than " + COMPONENTS_MAX + " components");
    }
  }

  private static String shown(String text) {
    return text.length() <= 64 ? text : text.substring(0, 64) + "…";
  }

  /// This address with `/p2p/PEER` behind it.
  public Multiaddr withPeer(PeerId peer) throws MalformedException {
    List<Component> more = new ArrayList<>(components);
    more.add(new Component(AddressProtocol.P2P, peer.bytes()));
    return of(more);
  }

  /// The peer that the address ends in, if it names one.
  public Optional<PeerId> peer() {
    Component last = components.getLast();
    if (last.protocol() != AddressProtocol.P2P) {
      return Optional.empty();
    }
    try {
      return Optional.of(PeerId.decode(last.value()));
    } catch (MalformedException e) {
      throw new IllegalStateException("a multiaddr was made without a check", e);
    }
  }

  /// The host and port of an address that is a host, `/tcp/PORT` and at most a peer behind it;
  /// empty for every other one. A name is left unresolved.
  public Optional<TcpTarget> tcp() {
    int size = components.size();
    boolean shape = size == 2 || (size == 3 && components.get(2).protocol() == AddressProtocol.P2P);
    if (!shape || components.get(1).protocol() != AddressProtocol.TCP) {
      return Optional.empty();
    }
    Component host = components.getFirst();
    return switch (host.protocol()) {
      case IP4, IP6, DNS, DNS4, DNS6 ->
          Optional.of(
              new TcpTarget(
                  host.protocol(), host.text(), Integer.parseInt(components.get(1).text())));
      default -> Optional.empty();
    };
  }

  /// A host and a TCP port: `protocol` is one of ip4, ip6, dns, dns4, dns6.
  public record TcpTarget(AddressProtocol protocol, String host, int port) {}

  /// The binary form.
  public Bytes bytes() {
    return bytes;
  }

  /// The layers, outermost first; at least one.
  public List<Component> components() {
    return components;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Multiaddr that && bytes.equals(that.bytes);
  }

  @Override
  public int hashCode() {
    return bytes.hashCode();
  }

  /// The canonical text form.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Component component : components) {
      text.append('/').append(component.protocol().text());
      if (component.protocol().hasValue()) {
        text.append('/').append(component.text());
      }
    }
    return text.toString();
  }
}
