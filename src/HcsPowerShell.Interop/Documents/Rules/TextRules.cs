using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace HcsPowerShell.Interop.Documents.Rules;

/// <summary>
/// The control characters that the texts of a document may hold: none, except for the members in the table.
/// </summary>
/// <remarks>
/// A text becomes a line of a file, an argument or an option at a lower level, and a line end in it would add another
/// one. Raw JSON and unknown members are not checked, except for the settings of a change.
/// </remarks>
public static class TextRules
{
    private static readonly Predicate<char> s_null = static c => c == '\0';

    private static readonly Dictionary<(Type Document, string Member), Predicate<char>> s_refused = new()
    {
        // ContainerId checks whether the name is a valid id.
        [(typeof(ContainerConfig), nameof(ContainerConfig.Name))] = static _ => false,

        // JSON text, often from an indented file.
        [(typeof(ContainerConfig), nameof(ContainerConfig.Credentials))] =
            static c => char.IsControl(c) && c is not ('\t' or '\r' or '\n'),

        // A program takes any text as an argument (sh -c with several lines) or as the value of a variable. The text
        // ends at NUL.
        [(typeof(ProcessConfig), nameof(ProcessConfig.CommandLine))] = s_null,
        [(typeof(ProcessConfig), nameof(ProcessConfig.CommandArgs))] = s_null,
        [(typeof(ProcessConfig), nameof(ProcessConfig.Environment))] = s_null,
        [(typeof(ProcessParameters), nameof(ProcessParameters.CommandLine))] = s_null,
        [(typeof(ProcessParameters), nameof(ProcessParameters.CommandArgs))] = s_null,
        [(typeof(ProcessParameters), nameof(ProcessParameters.Environment))] = s_null,
    };

    /// <summary>
    /// Returns a problem for every text of the document that holds a character its member does not take.
    /// </summary>
    public static IEnumerable<DocumentProblem> Check(HcsDocument document) => Check(document, string.Empty);

    /// <summary>
    /// Returns the text in a form that a message can show: control characters, and characters that change the direction
    /// of the text after them, are replaced by their numbers.
    /// </summary>
    internal static string Show(string text)
    {
        StringBuilder? shown = null;
        for (int at = 0; at < text.Length; at++)
        {
            if (IsHidden(text[at]))
            {
                shown ??= new StringBuilder(text, 0, at, text.Length + 5);
                shown.Append("\\u").Append(((int)text[at]).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                shown?.Append(text[at]);
            }
        }

        return shown?.ToString() ?? text;
    }

    private static bool IsHidden(char character) =>
        char.IsControl(character) || character is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    private static IEnumerable<DocumentProblem> Check(HcsDocument document, string prefix) =>
        PublishedMember.Of(document.GetType())
            .SelectMany(member => Check(document, member.Name, member.Get(document), prefix + member.Name));

    private static IEnumerable<DocumentProblem> Check(HcsDocument document, string member, object? value, string path)
    {
        Predicate<char> refused =
            s_refused.TryGetValue((document.GetType(), member), out Predicate<char>? known) ? known : char.IsControl;
        return value switch
        {
            string text => Check(text, path, refused),
            string?[] texts => texts.SelectMany((text, i) => Check(text, $"{path}[{i}]", refused)),
            HcsDocument inner => Check(inner, path + "."),
            HcsDocument?[] list => list.SelectMany((item, i) => item is null ? [] : Check(item, $"{path}[{i}].")),
            IDictionary map => map.Keys.Cast<string>().SelectMany(
                key => Check(map[key] as string, $"{path}.{Show(key)}", refused)),
            RawJson settings when IsChange(document) && member == nameof(ModifySettingRequest.Settings) => Check(settings, path),
            _ => [],
        };
    }

    private static bool IsChange(HcsDocument document) =>
        document is ModifySettingRequest or ResourceModificationRequestResponse;

    private static List<DocumentProblem> Check(RawJson raw, string path)
    {
        using JsonDocument json = JsonDocument.Parse(raw.Text);
        return [.. Check(json.RootElement, path)];
    }

    private static IEnumerable<DocumentProblem> Check(JsonElement json, string path) => json.ValueKind switch
    {
        JsonValueKind.String => Check(json.GetString(), path, char.IsControl),
        JsonValueKind.Array => json.EnumerateArray().SelectMany((item, i) => Check(item, $"{path}[{i}]")),
        JsonValueKind.Object => json.EnumerateObject().SelectMany(m => Check(m.Value, $"{path}.{Show(m.Name)}")),
        _ => [],
    };

    private static IEnumerable<DocumentProblem> Check(string? text, string path, Predicate<char> refused)
    {
        if (HalfCharacter.In(text) is { } half)
        {
            return [new DocumentProblem(path, $"Character {half + 1} is half of a character, an unpaired surrogate.")];
        }

        for (int at = 0; at < text?.Length; at++)
        {
            if (refused(text[at]))
            {
                return [new DocumentProblem(path, $"Character {at + 1} is {Name(text[at])}, a control character that has no place here.")];
            }
        }

        return [];
    }

    private static string Name(char character)
    {
        string name = character switch
        {
            '\0' => "NUL",
            '\t' => "a tab",
            '\n' => "a line feed",
            '\r' => "a carriage return",
            '\u001b' => "ESC",
            '\u007f' => "DEL",
            _ => string.Empty,
        };
        string number = "U+" + ((int)character).ToString("X4", CultureInfo.InvariantCulture);
        return name.Length == 0 ? number : $"{name} ({number})";
    }
}
