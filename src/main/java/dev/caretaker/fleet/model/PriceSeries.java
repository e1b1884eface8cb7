package dev.caretaker.fleet.model;

import java.util.List;

/**
 * How the spot price of a pool moved.
 *
 * @param points in the order of time; the first is the price that stood when the history begins
 */
public record PriceSeries(Pool pool, List<PricePoint> points) {
  public PriceSeries {
    points = List.copyOf(points);
  }
}
