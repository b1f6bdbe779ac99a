using System;
using System.IO;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using Xunit;

namespace HcsPowerShell.Interop.Tests;

public sealed class GoDocumentTests
{
    private static readonly JsonSerializerOptions s_unescaped =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<GoDocument> Documents =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", "schema1-documents.jsonl"))
            .Select(GoDocument.Parse)];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Fields_set_by_Go_name_write_what_Go_wrote(GoDocument document)
    {
        Assert.Equal(Canonical(document.Json), Canonical(document.RoundTrip(document.Set)));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void What_Go_wrote_survives_the_round_trip(GoDocument document)
    {
        Assert.Equal(Canonical(document.Json), Canonical(document.RoundTrip(document.Json)));
    }

    /// <summary>
    /// Returns the same members, order and values, with uniform escapes instead of those that Go chooses.
    /// </summary>
    private static string Canonical(string json)
    {
        using JsonDocument parsed = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(parsed.RootElement, s_unescaped);
    }
}
