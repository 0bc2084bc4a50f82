package org.bitcloud.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitcloud.contracts.Log;
import org.bitcloud.contracts.storage.StorageEvent;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.MalformedException;

/// The Storage corporation's books as somebody keeps them who reads its events and nothing else.
///
/// For one thread.
public final class EventBooks {
  private final List<StorageEvent> events = new ArrayList<>();
  private final Map<Address, Amount> funds = new HashMap<>();
  private Amount escrow = Amount.ZERO;
  private Amount collateral = Amount.ZERO;
  private Amount burned = Amount.ZERO;

  /// Empty books, as before the first block.
  public EventBooks() {}

  /// Enters what a receipt's log tells.
  public void enter(Log log) {
    try {
      StorageEvent.decode(log).ifPresent(this::enter);
    } catch (MalformedException e) {
      throw new IllegalStateException("an event that its own charter does not describe", e);
    }
  }

  private void enter(StorageEvent event) {
    events.add(event);
    switch (event) {
      case StorageEvent.Deposited e -> add(e.provider(), e.amount());
      case StorageEvent.Withdrawn e -> take(e.provider(), e.amount());
      case StorageEvent.ContractFormed e -> {
        take(e.provider(), e.collateral());
        collateral = collateral.plus(e.collateral());
        escrow = escrow.plus(e.escrow());
      }
      case StorageEvent.ContractEnding e -> {
        escrow = escrow.minus(e.fee());
        add(e.provider(), e.fee());
      }
      case StorageEvent.ContractEnded e -> {
        escrow = escrow.minus(e.refund());
        collateral = collateral.minus(e.collateralBack());
        add(e.provider(), e.collateralBack());
      }
      case StorageEvent.Settled e -> {
        escrow = escrow.minus(e.gross());
        collateral = collateral.minus(e.penalty());
        burned = burned.plus(e.burned());
        add(e.provider(), e.pay());
      }
      case StorageEvent.PricesPosted _,
          StorageEvent.ContractRevised _,
          StorageEvent.WindowProven _,
          StorageEvent.ProviderEnded _ -> {} // no coins move
    }
  }

  private void add(Address provider, Amount amount) {
    funds.merge(provider, amount, Amount::plus);
  }

  private void take(Address provider, Amount amount) {
    funds.merge(provider, amount, Amount::minus);
  }

  /// Every event so far, oldest first.
  public List<StorageEvent> events() {
    return List.copyOf(events);
  }

  /// Every event of one kind so far, oldest first.
  public <T extends StorageEvent> List<T> events(Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /// Settled windows of one provider, oldest first.
  public List<StorageEvent.Settled> settled(Address provider) {
    return events(StorageEvent.Settled.class).stream()
        .filter(event -> event.provider().equals(provider))
        .toList();
  }

  /// What a provider may withdraw or stake.
  public Amount funds(Address provider) {
    return funds.getOrDefault(provider, Amount.ZERO);
  }

  /// What the corporation must hold: all funds, escrow and collateral.
  public Amount owed() {
    return funds.values().stream().reduce(escrow.plus(collateral), Amount::plus);
  }

  /// What settlements burned.
  public Amount burned() {
    return burned;
  }
}
