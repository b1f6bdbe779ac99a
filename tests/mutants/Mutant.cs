using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace HcsPowerShell.Mutants;

/// <summary>
/// A mutant: a small wrong change, read from its file in <c>tests/mutants</c>. The file has lines of <c>Name:
/// value</c>, and after the lines <c>--- old</c> and <c>--- new</c> the text to replace and its replacement.
/// </summary>
/// <param name="Name">The folder and name of the file, without its extension.</param>
/// <param name="File">The file to change, as a path from the root of the repository.</param>
/// <param name="Notice">The effect that a user would notice.</param>
/// <param name="Project">The test project that covers the change.</param>
/// <param name="Tests">The filters of the test runner that select the covering tests.</param>
/// <param name="Alive">The reason that no test needs to notice the change; null if a test must.</param>
/// <param name="Old">The text to replace, which is in the file exactly once.</param>
/// <param name="New">The replacement.</param>
internal sealed record Mutant(
    string Name, string File, string Notice, string Project, string[] Tests, string? Alive, string Old, string New)
{
    private const string Ending = ".mutant";
    private const string OldMark = "\n--- old\n";
    private const string NewMark = "\n--- new\n";

    /// <summary>Returns all mutants.</summary>
    public static IReadOnlyList<Mutant> All(string root)
    {
        string folder = Path.Combine(root, "tests", "mutants");
        return [.. Directory.GetFiles(folder, "*" + Ending, SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => Read(Path.GetRelativePath(folder, file), System.IO.File.ReadAllText(file)))];
    }

    /// <exception cref="FormatException">The file does not have the expected form.</exception>
    public static Mutant Read(string path, string text)
    {
        text = text.ReplaceLineEndings("\n");
        int old = text.IndexOf(OldMark, StringComparison.Ordinal);
        int @new = text.IndexOf(NewMark, StringComparison.Ordinal);
        if (old < 0 || @new < old)
        {
            throw new FormatException($"{path}: the lines '--- old' and '--- new' are missing.");
        }

        Dictionary<string, string> head = text[..old].Split('\n').Select(line => line.Split(": ", 2)).ToDictionary(
            pair => pair[0], pair => pair.Length == 2 ? pair[1] : throw new FormatException($"{path}: {pair[0]}"));
        string Required(string name) =>
            head.Remove(name, out string? value) ? value : throw new FormatException($"{path}: {name} is missing.");
        var mutant = new Mutant(
            Path.ChangeExtension(path, null).Replace('\\', '/'),
            Required("File"),
            Required("Notice"),
            Required("Project"),
            Required("Tests").Split(' ', StringSplitOptions.RemoveEmptyEntries),
            head.Remove("Alive", out string? alive) ? alive : null,
            text[(old + OldMark.Length)..@new],
            text[(@new + NewMark.Length)..].TrimEnd('\n'));
        return head.Count == 0 ? mutant : throw new FormatException($"{path}: {head.Keys.First()} means nothing here.");
    }

    /// <summary>Returns the text of the file with the change applied.</summary>
    /// <exception cref="FormatException">The old text is not in it exactly once.</exception>
    public string Apply(string source)
    {
        source = source.ReplaceLineEndings("\n");
        int at = source.IndexOf(Old, StringComparison.Ordinal);
        return at >= 0 && source.IndexOf(Old, at + 1, StringComparison.Ordinal) < 0
            ? source[..at] + New + source[(at + Old.Length)..]
            : throw new FormatException($"{Name}: the old text is {(at < 0 ? "not" : "more than once")} in {File}.");
    }
}
