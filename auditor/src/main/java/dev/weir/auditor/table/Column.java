package dev.weir.auditor.table;

/** A column while it is read. */
interface Column {
  /** Returns its name in the header. */
  String name();

  /**
   * Takes the next cell.
   *
   * @throws TableException if the cell is none of this column
   */
  void add(String cell, long line);
}
