using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;
using CsCheck;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Tests.Campaigns;

/// <summary>
/// Generates malformed texts: valid texts with damage in a few places, and documents made of valid member names.
/// </summary>
internal static class Inputs
{
    private static readonly string[] s_pieces =
    [
        "\"", "{", "}", "[", "]", ":", ",", "null", "true", "-1", "0", "1e999", "18446744073709551616", "-9223372036854775809",
        "4294967296", "1.5", "\\ud800", "\ud800", "\udc00\ud800", "\0", "\n", "\r\n", "\t", " ", "\u202e", "\u001b[2J", "\\",
        "\\\\", "\\\"", "\\u0000", "/", "(", ")", "=", "'", "\ufeff", "ß", "容", "\U0001F40B", "{\"\":", "[[[[[[[[", "9999-99-99",
        new('a', 3000), new('[', 70), string.Concat(Enumerable.Repeat("{\"a\":", 70)),
    ];

    private static readonly string[] s_values =
    [
        "null", "true", "false", "0", "-1", "1", "65536", "4294967295", "4294967296", "18446744073709551615", "1e3", "0.5",
        "\"\"", "\"x\"", "\"1.2.3\"", "\"\\u0000\"", "\"\\ud83d\\ude00\"", "\"2026-11-29T00:00:00Z\"", "\"C:\\\\a\"", "\"/usr\"",
        "\"Container\"", "\"Add\"", "\"eef2649d-bb17-4d53-9937-295a8efe6f2c\"", "{}", "[]", "[null]", "{\"Major\":2,\"Minor\":1}",
    ];

    /// <summary>Generates one of the texts with up to six edits.</summary>
    public static Gen<string> Damaged(params string[] texts) => Gen.Select(OneOf(texts), Edits, Edit);

    /// <summary>Generates malformed documents of the class, and damaged copies of the texts.</summary>
    public static Gen<string> Documents(Type document, params string[] texts) =>
        Gen.Frequency((2, Shaped(document)), (3, Damaged(texts)), (1, Gen.Select(Shaped(document), Edits, Edit)));

    /// <summary>Generates damaged texts as bytes, of which some are not valid UTF-8.</summary>
    public static Gen<byte[]> Bytes(params string[] texts) => Gen.Select(
        Damaged(texts),
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Byte).Array[0, 3],
        (text, changes) =>
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            foreach ((int at, byte value) in changes.Where(_ => bytes.Length > 0))
            {
                bytes[at % bytes.Length] = value;
            }

            return bytes;
        });

    private static Gen<(int Kind, int At, int Length, int Piece)[]> Edits { get; } =
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, int.MaxValue], Gen.Int[1, 12], Gen.Int[0, s_pieces.Length - 1]).Array[0, 6];

    private static string Edit(string text, (int Kind, int At, int Length, int Piece)[] edits)
    {
        foreach ((int kind, int at, int length, int piece) in edits)
        {
            int start = at % (text.Length + 1);
            int end = Math.Min(text.Length, start + length);
            text = kind switch
            {
                0 => text.Insert(start, s_pieces[piece]),
                1 => text.Remove(start, end - start),
                2 => text.Insert(start, text[start..end]),
                3 => text.Remove(start, end - start).Insert(start, s_pieces[piece]),
                _ => text[..start],
            };
        }

        return text;
    }

    private static Gen<string> OneOf(string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private static Gen<string> Shaped(Type document)
    {
        HashSet<string> names = [];
        AddNames(document, names, depth: 3);
        Gen<string> name = OneOf([.. names, "Unknown"]);
        Gen<string> value = OneOf(s_values);
        for (int depth = 0; depth < 3; depth++)
        {
            Gen<string> inner = value;
            value = Gen.Frequency((3, inner), (2, Object(name, inner)), (1, inner.Array[0, 3].Select(items => $"[{string.Join(',', items)}]")));
        }

        return Object(name, value);
    }

    private static Gen<string> Object(Gen<string> name, Gen<string> value) =>
        Gen.Select(name, value, (n, v) => $"\"{n}\":{v}").Array[0, 5].Select(members => $"{{{string.Join(',', members)}}}");

    private static void AddNames(Type document, HashSet<string> names, int depth)
    {
        foreach (PropertyInfo property in document.GetProperties().Where(_ => depth > 0))
        {
            names.Add(property.Name);
            Type type = property.PropertyType.GetElementType() ?? property.PropertyType;
            if (typeof(HcsDocument).IsAssignableFrom(type))
            {
                AddNames(type, names, depth - 1);
            }
        }
    }
}
