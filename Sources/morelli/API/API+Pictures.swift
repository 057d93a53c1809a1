import Foundation
import Imaging
import Ingest
import Model
import Server

// MARK: Pictures that people send

extension API {
  var pictureEndpoints: [Endpoint] { [postPicture, deletePicture] }

  private var postPicture: Endpoint {
    Endpoint(
      .post, "/v1/pictures", query: ["region"],
      content: .image { [collection] in collection.settings.limits.bytes },
      pace: .decoding
    ) { call in
      guard let image = call.image else { throw Problem.unclear("an image is expected as the body") }
      let region = try call.query.text("region").map { text in
        guard let region = PictureRegion(text) else {
          throw Problem.unclear("'region' is x,y,w,h in pixels, or pct:x,y,w,h, not '\(text.prefix(80))'")
        }
        return region
      }
      let picture = try measured(image, region)
      return .document(
        [
          "id": .text(pictures.keep(picture)), "width": .integer(picture.width),
          "height": .integer(picture.height), "palette": .list(picture.palette.swatches.map(\.node)),
          "expires_in": .integer(PictureStore.seconds),
        ], status: 201)
    }
  }

  private var deletePicture: Endpoint {
    Endpoint(.delete, "/v1/pictures/{token}") { call in
      let name = call.part("token")
      try pictures.forget(PictureStore.token(in: name) ?? name)
      return Reply(.nothing, status: 204)
    }
  }
}
