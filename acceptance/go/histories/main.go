// histories [-limit 5m] FILE: says whether what clients saw of registers could have happened one by one, each at some
// moment between its call and its return. FILE has a line of JSON for each operation:
//
//	{"client": 1, "key": "app:v1", "op": "write" | "read", "value": "sha256:..." | "", "call": ns, "return": ns,
//	 "unknown": true}
//
// A key is a register of its own, and begins with the value "". What is unknown may have happened at any time after its
// call, or never. Exits with 1 where a key's history cannot have happened, or was not judged within the limit.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"sort"
	"time"

	"github.com/anishathalye/porcupine"
)

type line struct {
	Client  int
	Key     string
	Op      string
	Value   string
	Call    int64
	Return  int64
	Unknown bool
}

var register = porcupine.Model{
	Init: func() interface{} { return "" },
	Step: func(state, input, output interface{}) (bool, interface{}) {
		operation := input.(line)
		if operation.Op == "write" {
			return true, operation.Value
		}
		return operation.Value == state.(string), state
	},
	Equal: func(one, other interface{}) bool { return one == other },
}

func read(path string) (map[string][]porcupine.Operation, int, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	defer file.Close()
	keys, count := map[string][]porcupine.Operation{}, 0
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		var told line
		if err := json.Unmarshal(lines.Bytes(), &told); err != nil {
			return nil, 0, err
		}
		if told.Unknown && told.Op == "read" {
			continue // it says nothing
		}
		if told.Unknown {
			told.Return = math.MaxInt64
		}
		keys[told.Key] = append(keys[told.Key], porcupine.Operation{
			ClientId: told.Client, Input: told, Call: told.Call, Return: told.Return})
		count++
	}
	return keys, count, lines.Err()
}

func main() {
	limit := flag.Duration("limit", 5*time.Minute, "for each key")
	flag.Parse()
	keys, count, err := read(flag.Arg(0))
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	names := make([]string, 0, len(keys))
	for name := range keys {
		names = append(names, name)
	}
	sort.Strings(names)
	bad := 0
	for _, name := range names {
		if found := porcupine.CheckOperationsTimeout(register, keys[name], *limit); found != porcupine.Ok {
			fmt.Printf("%s: %d operations: %s\n", name, len(keys[name]), found)
			bad++
		}
	}
	fmt.Printf("%d operations on %d registers, %d of them not linearizable\n", count, len(keys), bad)
	if bad > 0 || count == 0 {
		os.Exit(1)
	}
}
