extension History {
  /// What preferences come to by now, for models that know no time.
  ///
  /// - Parameters:
  ///   - preferences: each work once.
  ///   - now: seconds since 1970.
  ///   - halfLife: seconds; nil where age doesn't count.
  package init(_ preferences: [WorkPreference], at now: Double, halfLife: Double?) {
    self.init(
      preferences.map { preference in
        (
          work: preference.work,
          strength: halfLife.map { preference.value(at: now, halfLife: $0) } ?? preference.value
        )
      })
  }
}
