package org.bitcloud.consensus.poa;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;

/// The seal data of a `poa` header.
///
/// @param turn 2 in turn, else 1
/// @param score the sum of turns up to this block
/// @param vote of the signer
/// @param signers after this block
record PoaSeal(int turn, long score, Optional<Vote> vote, Signers signers) {
  Bytes encode() {
    return RlpWriter.encode(
        out -> {
          out.beginList();
          out.number(turn);
          out.number(score);
          out.beginList();
          vote.ifPresent(cast -> out.number(cast.kind().number()).address(cast.subject()));
          out.endList();
          addresses(out, signers.members());
          addresses(out, signers.recent());
          out.beginList();
          signers
              .votes()
              .forEach(
                  (subject, voters) -> {
                    out.beginList();
                    out.address(subject);
                    addresses(out, voters);
                    out.endList();
                  });
          out.endList();
          out.endList();
        });
  }

  private static void addresses(RlpWriter out, Iterable<Address> addresses) {
    out.beginList();
    addresses.forEach(out::address);
    out.endList();
  }

  static PoaSeal decode(Bytes encoded) throws MalformedException {
    RlpReader in = RlpReader.of(encoded);
    in.enterList();
    long turn = in.readNumber();
    if (turn != 1 && turn != 2) {
      throw new MalformedException("turn is " + turn);
    }
    long score = in.readNumber();
    Optional<Vote> vote = readVote(in);
    List<Address> members = readRising(in);
    List<Address> recent = readAddresses(in);
    SortedMap<Address, SortedSet<Address>> votes = readVotes(in);
    in.leaveList();
    in.end();
    if (members.isEmpty()) {
      throw new MalformedException("nobody signs");
    }
    return new PoaSeal((int) turn, score, vote, new Signers(members, recent, votes));
  }

  private static Optional<Vote> readVote(RlpReader in) throws MalformedException {
    in.enterList();
    Optional<Vote> vote = Optional.empty();
    if (in.hasNext()) {
      long number = in.readNumber();
      for (Vote.Kind kind : Vote.Kind.values()) {
        if (kind.number() == number) {
          vote = Optional.of(new Vote(kind, in.readAddress()));
        }
      }
      if (vote.isEmpty()) {
        throw new MalformedException("vote of unknown kind " + number);
      }
    }
    in.leaveList();
    return vote;
  }

  private static SortedMap<Address, SortedSet<Address>> readVotes(RlpReader in)
      throws MalformedException {
    SortedMap<Address, SortedSet<Address>> votes = new TreeMap<>();
    in.enterList();
    while (in.hasNext()) {
      in.enterList();
      Address subject = in.readAddress();
      SortedSet<Address> voters = new TreeSet<>(readRising(in));
      in.leaveList();
      if (voters.isEmpty() || votes.size() >= Signers.SUBJECTS_MAX) {
        throw new MalformedException("votes without a voter, or on too many subjects");
      }
      if (!votes.isEmpty() && votes.lastKey().compareTo(subject) >= 0) {
        throw new MalformedException("subjects do not rise");
      }
      votes.put(subject, voters);
    }
    in.leaveList();
    return votes;
  }

  private static List<Address> readRising(RlpReader in) throws MalformedException {
    List<Address> addresses = readAddresses(in);
    for (int i = 1; i < addresses.size(); i++) {
      if (addresses.get(i - 1).compareTo(addresses.get(i)) >= 0) {
        throw new MalformedException("addresses do not rise");
      }
    }
    return addresses;
  }

  private static List<Address> readAddresses(RlpReader in) throws MalformedException {
    List<Address> addresses = new ArrayList<>();
    in.enterList();
    while (in.hasNext()) {
      if (addresses.size() >= Signers.MEMBERS_MAX) {
        throw new MalformedException("too many addresses");
      }
      addresses.add(in.readAddress());
    }
    in.leaveList();
    return addresses;
  }
}
