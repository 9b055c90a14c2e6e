package dev.weir.auditor.report;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A table for the page and for the card; names in it are escaped for either.
 *
 * @param columns headings
 * @param rows cells by row, as many as there are columns; the first names the row
 */
record Table(List<String> columns, List<List<String>> rows) {
  void draw(Html html) {
    html.raw("<div class=\"scroll\"><table><thead><tr>");
    columns.forEach(column -> html.element("th", column));
    html.raw("</tr></thead><tbody>");
    for (List<String> row : rows) {
      html.raw("<tr>").element("th", row.get(0));
      row.stream().skip(1).forEach(cell -> html.element("td", cell));
      html.raw("</tr>");
    }
    html.raw("</tbody></table></div>");
  }

  String markdown() {
    StringBuilder text = new StringBuilder(line(columns));
    text.append("\n|").append("---|".repeat(columns.size()));
    rows.forEach(row -> text.append('\n').append(line(row)));
    return text.toString();
  }

  private static String line(List<String> cells) {
    return cells.stream().map(ModelCard::cell).collect(Collectors.joining(" | ", "| ", " |"));
  }
}
