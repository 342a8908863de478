// MiniSearch for a page without modules.
import MiniSearch from "minisearch";

globalThis.MiniSearch = MiniSearch;
