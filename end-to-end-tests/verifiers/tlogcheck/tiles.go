package main

import (
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

const (
	tileHeight = 8
	tileWidth  = 1 << tileHeight
)

// tiles reads the tiles of a log as C2SP tlog-tiles lays them out. What it reads is believed by nobody: the hash reader
// above it authenticates each one. Tiles above the lowest level are read once.
type tiles struct {
	read source
	kept map[string][]byte
}

func (t *tiles) Height() int { return tileHeight }

func (t *tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func (t *tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	found := make([][]byte, len(wanted))
	for i, tile := range wanted {
		path := pathOf(tile)
		content, known := t.kept[path]
		if !known {
			var err error
			if content, err = t.read(path); err != nil {
				return nil, err
			}
			if tile.L > 0 {
				t.kept[path] = content
			}
		}
		found[i] = content
	}
	return found, nil
}

// pathOf turns the path of the Go checksum database, which also names the height and calls entries data, into that of
// tlog-tiles.
func pathOf(tile tlog.Tile) string {
	path := "tile/" + strings.TrimPrefix(tile.Path(), "tile/8/")
	return strings.Replace(path, "tile/data/", "tile/entries/", 1)
}
