import Platform
import SystemPackage

/// The watched folders, and the files that are watched by themselves because links lead to them.
///
/// A path is derived from the names above, so that it needs no memory of its own. One watch may stand at several places (two
/// links to one folder outside the roots).
struct WatchTree: Sendable {
  typealias ID = Int32

  struct Node: Sendable {
    /// Within the parent; the whole path for a root.
    var name: [UInt8]
    /// −1 for a root.
    var parent: ID
    var watch: Int32
    /// The lower half of the device's number.
    var device: UInt32
    var children: [[UInt8]: ID] = [:]
    /// Of the last walk that saw it.
    var generation: UInt32
    var isLink: Bool
    var isFile: Bool
  }

  private var nodes: [Node?] = []
  private var free: [ID] = []
  private var roots: [FilePath: ID] = [:]
  private var places: [Int32: ID] = [:]
  /// Of the few watches that stand at more places than one: the others.
  private var morePlaces: [Int32: [ID]] = [:]

  /// Watches, not places.
  var count: Int { places.count }

  subscript(id: ID) -> Node? { nodes[Int(id)] }

  /// Where the watch stands.
  func nodes(of watch: Int32) -> [ID] {
    guard let first = places[watch] else { return [] }
    return [first] + (morePlaces[watch] ?? [])
  }

  func path(of id: ID) -> FilePath {
    var names: [[UInt8]] = []
    var next = id
    while next >= 0, let node = nodes[Int(next)] {
      names.append(node.name)
      next = node.parent
    }
    var bytes = names.last ?? []
    for name in names.dropLast().reversed() {
      if bytes.last != 0x2F { bytes.append(0x2F) }
      bytes += name
    }
    return FilePath(bytes: bytes)
  }

  /// - Parameter root: the innermost one that has the path.
  func find(_ path: FilePath, root: FilePath) -> ID? {
    guard var id = roots[root], let rest = WatchScope.rest(of: path.bytes, below: root.bytes) else {
      return nil
    }
    for name in rest.split(separator: 0x2F) {
      guard let child = nodes[Int(id)]?.children[Array(name)] else { return nil }
      id = child
    }
    return id
  }

  /// - Returns: nothing when the folder above isn't watched (any more).
  mutating func insert(
    _ path: FilePath, root: FilePath, watch: Int32, device: UInt32, generation: UInt32, isLink: Bool,
    isFile: Bool
  ) -> ID? {
    var node = Node(
      name: path.bytes, parent: -1, watch: watch, device: device, generation: generation, isLink: isLink,
      isFile: isFile)
    if path != root {
      guard let above = find(path.removingLastComponent(), root: root), nodes[Int(above)]?.isFile == false
      else {
        return nil
      }
      node.parent = above
      node.name = path.lastComponent.map { Array($0.platformBytes) } ?? []
    }
    let id = free.popLast() ?? ID(nodes.count)
    if Int(id) == nodes.count { nodes.append(node) } else { nodes[Int(id)] = node }
    if node.parent < 0 { roots[root] = id } else { nodes[Int(node.parent)]?.children[node.name] = id }
    if places[watch] == nil { places[watch] = id } else { morePlaces[watch, default: []].append(id) }
    return id
  }

  mutating func confirm(_ id: ID, generation: UInt32) { nodes[Int(id)]?.generation = generation }

  /// Takes out a node and all below it.
  ///
  /// - Returns: the watches that stand nowhere any more.
  mutating func remove(_ id: ID) -> [Int32] {
    guard let top = nodes[Int(id)] else { return [] }
    if top.parent < 0 {
      roots = roots.filter { $0.value != id }
    } else {
      nodes[Int(top.parent)]?.children[top.name] = nil
    }
    var gone: [Int32] = []
    var pending = [id]
    while let next = pending.popLast() {
      guard let node = nodes[Int(next)] else { continue }
      pending += node.children.values
      nodes[Int(next)] = nil
      free.append(next)
      var left = nodes(of: node.watch)
      left.removeAll { $0 == next }
      places[node.watch] = left.first
      morePlaces[node.watch] = left.count > 1 ? Array(left.dropFirst()) : nil
      if left.isEmpty { gone.append(node.watch) }
    }
    return gone
  }

  /// The topmost nodes at or below this one that no walk since `generation` has seen.
  func unseen(below id: ID, since generation: UInt32) -> [ID] {
    var found: [ID] = []
    var pending = [id]
    while let next = pending.popLast() {
      guard let node = nodes[Int(next)] else { continue }
      if node.generation < generation { found.append(next) } else { pending += node.children.values }
    }
    return found
  }

  /// The topmost folder above that lies on the same device: the mount point, or the root.
  func topOfDevice(_ id: ID) -> ID {
    var top = id
    while let node = nodes[Int(top)], node.parent >= 0, nodes[Int(node.parent)]?.device == node.device {
      top = node.parent
    }
    return top
  }
}

extension FilePath.Component {
  /// The name as it is.
  fileprivate var platformBytes: [UInt8] { FilePath(root: nil, [self]).bytes }
}
