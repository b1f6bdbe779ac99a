using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace HcsPowerShell.Native.Tests.Abi;

/// <summary>The published ABI, read from the files that contain it.</summary>
public sealed class AbiFacts
{
    private readonly List<JsonElement> _files =
    [
        .. new[] { "computecore-abi.json", "vmcompute-abi.json", "win32-abi.json" }.Select(name =>
            JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", "abi", name))).RootElement),
    ];

    public JsonElement? Function(string dll, string name) => dll == "vmcompute.dll"
        ? Named(Lists("functions"), name)
        : Named(Lists("dlls").Where(d => d.GetProperty("name").GetString() == dll)
            .SelectMany(d => d.GetProperty("functions").EnumerateArray()), name);

    public JsonElement? Callback(string name) => Named(Lists("callbacks"), name);

    public JsonElement? Struct(string name) => Named(Lists("structs"), name);

    public JsonElement? Enum(string name) => Named(Lists("enums"), name);

    private static JsonElement? Named(IEnumerable<JsonElement> items, string name) =>
        items.Where(i => i.GetProperty("name").GetString() == name).Select(i => (JsonElement?)i).FirstOrDefault();

    private IEnumerable<JsonElement> Lists(string key) => _files
        .Where(f => f.TryGetProperty(key, out _))
        .SelectMany(f => f.GetProperty(key).EnumerateArray());
}
