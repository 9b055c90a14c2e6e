package dev.weir.auditor.report;

/** What the page and the card both say of one part of the evidence. */
interface Section {
  /** Returns its heading. */
  String title();

  /** Appends heading and body to a page. */
  void draw(Html html);

  /** Returns the body for a card, without the heading. */
  String markdown();
}
