using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace HcsPowerShell.Interop.Images;

/// <summary>
/// An object in a JSON document of an image. Nothing in it is trusted: a wrong type makes it unreadable.
/// </summary>
/// <param name="Element">The object.</param>
/// <param name="Image">Path or name of the image, as errors name it.</param>
/// <param name="Part">Name of the document.</param>
internal readonly record struct ImageNode(JsonElement Element, string Image, string Part)
{
    /// <summary>The most bytes of a document; registries refuse larger ones too.</summary>
    public const int MostBytes = 4 << 20;

    /// <summary>Reads a document that is one object.</summary>
    /// <exception cref="ImageException">It is no JSON object.</exception>
    public static ImageNode Parse(byte[] content, string image, string part) =>
        new ImageNode(Root(content, image, part), image, part).RequireObject();

    /// <summary>Reads a document that is a list of objects.</summary>
    /// <exception cref="ImageException">It is no such list.</exception>
    public static IReadOnlyList<ImageNode> ParseList(byte[] content, string image, string part)
    {
        ImageNode root = new(Root(content, image, part), image, part);
        return root.Element.ValueKind == JsonValueKind.Array
            ? [.. root.Element.EnumerateArray().Select(item => (root with { Element = item }).RequireObject())]
            : throw root.Unreadable("it is no list");
    }

    /// <summary>Returns a text; null when it is missing or null.</summary>
    public string? Text(string name) => Find(name, JsonValueKind.String) is { } text ? String(text) : null;

    /// <summary>Returns a list of texts; empty when it is missing or null.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        ImageNode node = this;
        return Find(name, JsonValueKind.Array) is { } list
            ? [.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String
                ? node.String(item)
                : throw node.Unreadable($"'{name}' has an item that is no text"))]
            : [];
    }

    /// <summary>Returns an object; null when it is missing or null.</summary>
    public ImageNode? Node(string name) =>
        Find(name, JsonValueKind.Object) is { } found ? this with { Element = found } : null;

    /// <summary>Returns a list of objects; empty when it is missing or null.</summary>
    public IReadOnlyList<ImageNode> Nodes(string name)
    {
        ImageNode node = this;
        return Find(name, JsonValueKind.Array) is { } list
            ? [.. list.EnumerateArray().Select(item => (node with { Element = item }).RequireObject())]
            : [];
    }

    /// <summary>Returns the texts of an object by their names; the rest of it is left out.</summary>
    public IEnumerable<KeyValuePair<string, string>> TextMembers()
    {
        ImageNode node = this;
        return Element.EnumerateObject()
            .Where(member => member.Value.ValueKind == JsonValueKind.String)
            .Select(member => new KeyValuePair<string, string>(member.Name, node.String(member.Value)));
    }

    /// <summary>Returns a whole number; null when it is missing or none.</summary>
    public long? Number(string name) =>
        Element.TryGetProperty(name, out JsonElement found) && found.ValueKind == JsonValueKind.Number
        && found.TryGetInt64(out long number)
            ? number
            : null;

    /// <summary>True for a member that is true.</summary>
    public bool IsTrue(string name) =>
        Element.TryGetProperty(name, out JsonElement found) && found.ValueKind == JsonValueKind.True;

    /// <summary>True for a member that says something: neither null nor empty.</summary>
    public bool IsSet(string name) => Element.TryGetProperty(name, out JsonElement found) && found.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.String => String(found).Length > 0,
        JsonValueKind.Array => found.GetArrayLength() > 0,
        JsonValueKind.Object => found.EnumerateObject().Any(),
        _ => true,
    };

    /// <summary>Says why the document cannot be used.</summary>
    public ImageException Unreadable(string reason, Exception? cause = null) => new(
        ImageProblem.Unreadable, Image, $"'{Part}' of '{Image}' cannot be read: {reason}.", cause);

    private static JsonElement Root(byte[] content, string image, string part)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(content);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new ImageNode(default, image, part).Unreadable("it is no JSON", e);
        }
    }

    private ImageNode RequireObject() =>
        Element.ValueKind == JsonValueKind.Object
            ? this
            : throw Unreadable($"an object was expected, not a {Element.ValueKind}");

    private JsonElement? Find(string name, JsonValueKind kind) =>
        !Element.TryGetProperty(name, out JsonElement found) || found.ValueKind == JsonValueKind.Null ? null
        : found.ValueKind == kind ? found
        : throw Unreadable($"'{name}' is a {found.ValueKind}, not a {kind}");

    // Half a character, which JSON can spell, is found only here.
    private string String(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw Unreadable("a text in it is no text of whole characters", e);
        }
    }
}
