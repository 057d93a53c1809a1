#include "cwebfiles.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char activity_js[] = {
#embed "page/activity.js"
};

static const unsigned char api_js[] = {
#embed "page/api.js"
};

static const unsigned char cards_js[] = {
#embed "page/cards.js"
};

static const unsigned char compare_js[] = {
#embed "page/compare.js"
};

static const unsigned char deepzoom_js[] = {
#embed "page/deepzoom.js"
};

static const unsigned char dom_js[] = {
#embed "page/dom.js"
};

static const unsigned char duplicates_js[] = {
#embed "page/duplicates.js"
};

static const unsigned char events_js[] = {
#embed "page/events.js"
};

static const unsigned char facets_js[] = {
#embed "page/facets.js"
};

static const unsigned char frame_css[] = {
#embed "page/frame.css"
};

static const unsigned char gestures_js[] = {
#embed "page/gestures.js"
};

static const unsigned char help_js[] = {
#embed "page/help.js"
};

static const unsigned char icon_svg[] = {
#embed "page/icon.svg"
};

static const unsigned char index_html[] = {
#embed "page/index.html"
};

static const unsigned char inspector_js[] = {
#embed "page/inspector.js"
};

static const unsigned char main_js[] = {
#embed "page/main.js"
};

static const unsigned char mapgrid_js[] = {
#embed "page/mapgrid.js"
};

static const unsigned char maplegend_js[] = {
#embed "page/maplegend.js"
};

static const unsigned char maplist_js[] = {
#embed "page/maplist.js"
};

static const unsigned char mappaint_js[] = {
#embed "page/mappaint.js"
};

static const unsigned char mapthumbs_js[] = {
#embed "page/mapthumbs.js"
};

static const unsigned char mapview_js[] = {
#embed "page/mapview.js"
};

static const unsigned char parts_css[] = {
#embed "page/parts.css"
};

static const unsigned char picks_js[] = {
#embed "page/picks.js"
};

static const unsigned char pictures_js[] = {
#embed "page/pictures.js"
};

static const unsigned char query_js[] = {
#embed "page/query.js"
};

static const unsigned char reasons_js[] = {
#embed "page/reasons.js"
};

static const unsigned char region_js[] = {
#embed "page/region.js"
};

static const unsigned char resultsbar_js[] = {
#embed "page/resultsbar.js"
};

static const unsigned char rows_js[] = {
#embed "page/rows.js"
};

static const unsigned char session_js[] = {
#embed "page/session.js"
};

static const unsigned char state_js[] = {
#embed "page/state.js"
};

static const unsigned char store_js[] = {
#embed "page/store.js"
};

static const unsigned char telling_js[] = {
#embed "page/telling.js"
};

static const unsigned char theme_js[] = {
#embed "page/theme.js"
};

static const unsigned char tile_js[] = {
#embed "page/tile.js"
};

static const unsigned char timebins_js[] = {
#embed "page/timebins.js"
};

static const unsigned char timeview_js[] = {
#embed "page/timeview.js"
};

static const unsigned char views_css[] = {
#embed "page/views.css"
};

static const unsigned char visitor_js[] = {
#embed "page/visitor.js"
};

static const unsigned char wall_js[] = {
#embed "page/wall.js"
};

static const unsigned char wallview_js[] = {
#embed "page/wallview.js"
};

static const unsigned char weights_js[] = {
#embed "page/weights.js"
};

static const unsigned char why_js[] = {
#embed "page/why.js"
};

static const unsigned char words_en_js[] = {
#embed "page/words.en.js"
};

static const unsigned char words_js[] = {
#embed "page/words.js"
};

static const unsigned char words_zh_js[] = {
#embed "page/words.zh.js"
};

static const unsigned char you_css[] = {
#embed "page/you.css"
};

static const unsigned char youpanel_js[] = {
#embed "page/youpanel.js"
};

static const unsigned char youview_js[] = {
#embed "page/youview.js"
};

static const unsigned char openapi_json[] = {
#embed "openapi.json"
};

#define FILE_OF(name, bytes) {name, sizeof name - 1, bytes, sizeof bytes}

static const struct {
  const char *name;
  size_t name_count;
  const unsigned char *bytes;
  size_t count;
} files[] = {
    FILE_OF("activity.js", activity_js),
    FILE_OF("api.js", api_js),
    FILE_OF("cards.js", cards_js),
    FILE_OF("compare.js", compare_js),
    FILE_OF("deepzoom.js", deepzoom_js),
    FILE_OF("dom.js", dom_js),
    FILE_OF("duplicates.js", duplicates_js),
    FILE_OF("events.js", events_js),
    FILE_OF("facets.js", facets_js),
    FILE_OF("frame.css", frame_css),
    FILE_OF("gestures.js", gestures_js),
    FILE_OF("help.js", help_js),
    FILE_OF("icon.svg", icon_svg),
    FILE_OF("index.html", index_html),
    FILE_OF("inspector.js", inspector_js),
    FILE_OF("main.js", main_js),
    FILE_OF("mapgrid.js", mapgrid_js),
    FILE_OF("maplegend.js", maplegend_js),
    FILE_OF("maplist.js", maplist_js),
    FILE_OF("mappaint.js", mappaint_js),
    FILE_OF("mapthumbs.js", mapthumbs_js),
    FILE_OF("mapview.js", mapview_js),
    FILE_OF("parts.css", parts_css),
    FILE_OF("picks.js", picks_js),
    FILE_OF("pictures.js", pictures_js),
    FILE_OF("query.js", query_js),
    FILE_OF("reasons.js", reasons_js),
    FILE_OF("region.js", region_js),
    FILE_OF("resultsbar.js", resultsbar_js),
    FILE_OF("rows.js", rows_js),
    FILE_OF("session.js", session_js),
    FILE_OF("state.js", state_js),
    FILE_OF("store.js", store_js),
    FILE_OF("telling.js", telling_js),
    FILE_OF("theme.js", theme_js),
    FILE_OF("tile.js", tile_js),
    FILE_OF("timebins.js", timebins_js),
    FILE_OF("timeview.js", timeview_js),
    FILE_OF("views.css", views_css),
    FILE_OF("visitor.js", visitor_js),
    FILE_OF("wall.js", wall_js),
    FILE_OF("wallview.js", wallview_js),
    FILE_OF("weights.js", weights_js),
    FILE_OF("why.js", why_js),
    FILE_OF("words.en.js", words_en_js),
    FILE_OF("words.js", words_js),
    FILE_OF("words.zh.js", words_zh_js),
    FILE_OF("you.css", you_css),
    FILE_OF("youpanel.js", youpanel_js),
    FILE_OF("youview.js", youview_js),
    FILE_OF("openapi.json", openapi_json),
};

size_t cwebfiles_count(void) { return sizeof files / sizeof files[0]; }

size_t cwebfiles_name_count(size_t file) { return file < cwebfiles_count() ? files[file].name_count : 0; }

uint8_t cwebfiles_name_byte(size_t file, size_t index) {
  return index < cwebfiles_name_count(file) ? (uint8_t)files[file].name[index] : 0;
}

size_t cwebfiles_byte_count(size_t file) { return file < cwebfiles_count() ? files[file].count : 0; }

uint32_t cwebfiles_word(size_t file, size_t index) {
  const size_t count = cwebfiles_byte_count(file);
  uint32_t word = 0;
  for (size_t i = 0; i < 4 && index <= count / 4 && 4 * index + i < count; i++)
    word |= (uint32_t)files[file].bytes[4 * index + i] << (8 * i);
  return word;
}
