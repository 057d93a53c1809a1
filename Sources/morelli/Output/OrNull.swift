/// A value that stands in JSON as null where there is none, so that a document always has the same keys.
@propertyWrapper
struct OrNull<Wrapped: Encodable>: Encodable {
  var wrappedValue: Wrapped?

  init(wrappedValue: Wrapped?) { self.wrappedValue = wrappedValue }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let wrappedValue { try container.encode(wrappedValue) } else { try container.encodeNil() }
  }
}

extension OrNull: Decodable where Wrapped: Decodable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    wrappedValue = container.decodeNil() ? nil : try container.decode(Wrapped.self)
  }
}

extension OrNull: Sendable where Wrapped: Sendable {}
