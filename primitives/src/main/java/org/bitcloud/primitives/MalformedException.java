package org.bitcloud.primitives;

/// Untrusted bytes or text broke the format they should have.
///
/// Checked, so that nobody who decodes what a stranger sent forgets about it.
public class MalformedException extends Exception {
  private static final long serialVersionUID = 1L;

  /// An exception that says what is wrong, in words for the one who sent it.
  public MalformedException(String message) {
    super(message);
  }

  /// The same with the failure that revealed it.
  public MalformedException(String message, Throwable cause) {
    super(message, cause);
  }
}
