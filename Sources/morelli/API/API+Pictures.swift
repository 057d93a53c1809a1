import Foundation
import Imaging
import Ingest
import Model
import Server

// MARK: Pictures that people send

extension API {
  var pictureEndpoints: [Endpoint] { [postPicture, deletePicture] }

  private struct PictureDocument: Encodable {
    let id: String
    let width, height: Int
    let palette: [ArtworkDocument.Swatch]
    let seconds: Int

    enum CodingKeys: String, CodingKey {
      case id, width, height, palette
      case seconds = "expires_in"
    }
  }

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
      return try .document(
        PictureDocument(
          id: pictures.keep(picture), width: picture.width, height: picture.height,
          palette: picture.palette.swatches.map(ArtworkDocument.Swatch.init), seconds: PictureStore.seconds),
        status: 201)
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
