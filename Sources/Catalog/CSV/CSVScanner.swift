/// Cuts bytes into records, and knows on which line it stands. It does not know what a header is.
struct CSVScanner: Sendable {
  /// Fields as written between two line ends, and the line on which they start (from 1).
  struct Record {
    let line: Int
    var fields: [String]
  }

  let bytes: [UInt8]
  let delimiter: UInt8
  let fieldLimit: Int
  private var position: Int
  private var line = 1

  init(bytes: [UInt8], position: Int, delimiter: UInt8, fieldLimit: Int) {
    self.bytes = bytes
    self.position = position
    self.delimiter = delimiter
    self.fieldLimit = fieldLimit
  }

  /// The next record that is not a blank line, or nil at the end.
  mutating func nextRecord() -> Result<Record, CSVError>? {
    skipBlankLines()
    guard position < bytes.count else { return nil }
    var record = Record(line: line, fields: [])
    // The first fault names the row; the fields after it are still walked over, to find where the next row starts.
    var fault: CSVError?
    while true {
      let column = record.fields.count + 1
      let fieldLine = line
      let field = position < bytes.count && bytes[position] == .quote ? scanQuoted() : scanPlain()
      if let reason = field.reason(column: column, limit: fieldLimit) {
        fault = fault ?? CSVError(line: fieldLine, reason: reason)
      }
      if let resume = field.resume {
        (position, line) = resume
        return .failure(fault ?? CSVError(line: fieldLine, reason: .unterminatedQuote))
      }
      let text = fault == nil ? String(validating: field.bytes, as: UTF8.self) : ""
      if text == nil { fault = CSVError(line: record.line, reason: .invalidUTF8(column: column)) }
      record.fields.append(text ?? "")
      guard position < bytes.count, bytes[position] == delimiter else { break }
      position += 1
    }
    skipLineEnd()
    if let fault { return .failure(fault) }
    return .success(record)
  }

  /// A field's bytes, the scanner standing at the delimiter, line end or end of file behind it.
  private struct Field {
    enum Fault { case unterminated, textAfterQuote, tooLong }
    var bytes: ArraySlice<UInt8>
    var fault: Fault?
    /// Where to look for the next row if this field's quotes can't be trusted: the line after the opening quote.
    var resume: (position: Int, line: Int)?

    func reason(column: Int, limit: Int) -> CSVError.Reason? {
      switch fault {
      case nil: nil
      case .unterminated: .unterminatedQuote
      case .textAfterQuote: .textAfterClosingQuote(column: column)
      case .tooLong: .fieldTooLong(column: column, limit: limit)
      }
    }
  }

  private mutating func scanPlain() -> Field {
    let start = position
    while position < bytes.count, !endsField(bytes[position]) { position += 1 }
    return Field(bytes: bytes[start..<position], fault: position - start > fieldLimit ? .tooLong : nil)
  }

  private mutating func scanQuoted() -> Field {
    position += 1
    var start = position
    var content: [UInt8] = []
    var afterFirstLine: (position: Int, line: Int)?
    var hasDoubledQuote = false
    while position < bytes.count {
      guard content.count + position - start <= fieldLimit else {
        return abandon(.tooLong, resume: afterFirstLine)
      }
      let byte = bytes[position]
      if byte == .quote {
        if position + 1 < bytes.count, bytes[position + 1] == .quote {
          // The first of the two is content, the second only escapes it.
          content.append(contentsOf: bytes[start...position])
          hasDoubledQuote = true
          position += 2
          start = position
          continue
        }
        let end = position
        position += 1
        if position < bytes.count, !endsField(bytes[position]) {
          return abandon(.textAfterQuote, resume: afterFirstLine)
        }
        guard hasDoubledQuote else { return Field(bytes: bytes[start..<end]) }
        content.append(contentsOf: bytes[start..<end])
        return Field(bytes: content[...])
      }
      if byte == .lineFeed || byte == .carriageReturn {
        skipLineEnd()
        if afterFirstLine == nil { afterFirstLine = (position, line) }
      } else {
        position += 1
      }
    }
    return Field(bytes: [], fault: .unterminated, resume: afterFirstLine)
  }

  /// Gives a faulty quoted field up. If it stayed on one line its remainder is passed over as plain text;
  /// otherwise the lines that it ran over are read again as rows. Quotes in those lines come in pairs (else the
  /// field had ended there), so no byte is read again more than once.
  private mutating func abandon(_ fault: Field.Fault, resume: (position: Int, line: Int)?) -> Field {
    if resume == nil {
      while position < bytes.count, !endsField(bytes[position]) { position += 1 }
    }
    return Field(bytes: [], fault: fault, resume: resume)
  }

  private func endsField(_ byte: UInt8) -> Bool {
    byte == delimiter || byte == .lineFeed || byte == .carriageReturn
  }

  /// Steps over one CRLF, LF or CR if the scanner stands at one.
  private mutating func skipLineEnd() {
    guard position < bytes.count else { return }
    switch bytes[position] {
    case .carriageReturn:
      position += 1
      if position < bytes.count, bytes[position] == .lineFeed { position += 1 }
    case .lineFeed: position += 1
    default: return
    }
    line += 1
  }

  /// Steps over lines that hold nothing but spaces (and tabs, where the tab is not the delimiter).
  private mutating func skipBlankLines() {
    while position < bytes.count {
      var end = position
      while end < bytes.count, bytes[end] == .space || (bytes[end] == .tab && delimiter != .tab) { end += 1 }
      guard end == bytes.count || bytes[end] == .lineFeed || bytes[end] == .carriageReturn else { return }
      position = end
      skipLineEnd()
    }
  }
}
