package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.bitcloud.market.renter.IndexEntry;
import org.bitcloud.market.renter.ListEntry;
import org.bitcloud.market.renter.Renter;
import picocli.CommandLine.Command;

/// `storage ls`: what was stored from here.
@Command(name = "ls", description = "List the files stored from here and when they expire.")
final class ListVerb extends StorageVerb {
  ListVerb(Cli cli) {
    super(cli);
  }

  @Override
  void run(Renter renter, Target target) throws Exception {
    List<ListEntry> list = renter.list();
    if (json) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      for (ListEntry each : list) {
        IndexEntry entry = each.entry();
        array
            .addObject()
            .put("id", entry.id().toHex())
            .put("name", entry.name())
            .put("type", entry.mediaType())
            .put("bytes", entry.size())
            .put("sha256", entry.sha256().toHex().substring(2))
            .put("created", entry.createdMillis())
            .put("expires", each.expiresMillis())
            .put("expired", each.isExpired())
            .put("shards", entry.contracts().size())
            .put("needed", entry.erasure().dataShards())
            .put("private", entry.key() != null);
      }
      print(array);
      return;
    }
    if (list.isEmpty()) {
      say("nothing is stored from here yet; try: bitcloud storage put FILE");
    }
    for (ListEntry each : list) {
      IndexEntry entry = each.entry();
      say(
          "%s  %10s  %s %s  %s",
          entry.id().toHex(),
          Money.bytes(entry.size()),
          each.isExpired() ? "expired" : "expires",
          time(each.expiresMillis()),
          entry.name());
    }
  }
}
