package org.bitcloud.node.rpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request whose members are all of the usual kind: an integer as id, texts as parameters.
///
/// @param id the digits of its id
/// @param method what it calls
/// @param params its parameters
record QuickCall(String id, String method, List<String> params) {
  /// Reads a whole document, or returns null where anything about it is unusual.
  ///
  /// @param paramsMax how many parameters are usual
  static @Nullable QuickCall read(JsonParser parser, int paramsMax) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return null;
    }
    String id = null;
    String method = null;
    List<String> params = new ArrayList<>(paramsMax);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      boolean usual =
          switch (name) {
            case "jsonrpc", "method" -> value == JsonToken.VALUE_STRING;
            case "id" -> value == JsonToken.VALUE_NUMBER_INT;
            case "params" -> value == JsonToken.START_ARRAY && texts(parser, params, paramsMax);
            default -> false;
          };
      if (!usual) {
        return null;
      }
      if (name.equals("method")) {
        method = parser.getText();
      } else if (name.equals("id")) {
        id = parser.getText();
      }
    }
    boolean ends = parser.nextToken() == null;
    return id == null || method == null || !ends ? null : new QuickCall(id, method, params);
  }

  private static boolean texts(JsonParser parser, List<String> into, int max) throws IOException {
    while (parser.nextToken() == JsonToken.VALUE_STRING && into.size() < max) {
      into.add(parser.getText());
    }
    return parser.currentToken() == JsonToken.END_ARRAY;
  }
}
