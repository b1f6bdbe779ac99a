using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Documents;

/// <summary>
/// Reads the short text forms: <c>host:container[:ro|:rw]</c> for a folder, <c>host:name</c> for a pipe. The last path
/// is the path in the container, the text after it is the option, and the colon of a drive letter is not a separator.
/// </summary>
internal static class ShortForm
{
    private const string PipePrefix = @"\\.\pipe\";
    private const string FolderForm = "HostPath:ContainerPath[:ro]";
    private const string PipeForm = "HostPath:ContainerPipeName";

    private static readonly string[] s_devicePrefixes = [@"\\?\", @"\\.\"];

    /// <exception cref="HcsDocumentException">
    /// The text does not have that form, or an option is neither <c>ro</c> nor <c>rw</c>.
    /// </exception>
    public static MappedDir MappedDir(string text)
    {
        List<string> parts = Split(text, FolderForm);
        int path = PathIndex(parts);
        if (path < 1)
        {
            throw NotOfForm(text, FolderForm);
        }

        // With a comma in place of the colon, the option would become part of a folder name and read-only access would
        // be lost.
        if (parts[path].Split(',').Skip(1).Any(IsOption))
        {
            throw NotOfForm(text, FolderForm);
        }

        string[] options = [.. parts.Skip(path + 1).SelectMany(option => option.Split(','))];
        RefuseUnknown(IsOfWindows(parts[0]) && !IsAbsolute(parts[path]) ? [parts[path]] : options, text);
        return new MappedDir
        {
            HostPath = HostPath(parts, path, text),
            ContainerPath = parts[path],
            ReadOnly = options.Length == 1 && options[0].Equals("ro", StringComparison.OrdinalIgnoreCase),
        };
    }

    /// <exception cref="HcsDocumentException">The text does not have that form.</exception>
    public static MappedPipe MappedPipe(string text)
    {
        List<string> parts = Split(text, PipeForm);
        if (parts.Count > 2)
        {
            throw Meaningless(parts[2], text, "A pipe has no options", "HostPath = '...'; ContainerPipeName");
        }

        string name = parts[1];
        return new MappedPipe
        {
            HostPath = parts[0],
            ContainerPipeName =
                name.StartsWith(PipePrefix, StringComparison.OrdinalIgnoreCase) ? name.Substring(PipePrefix.Length) : name,
        };
    }

    /// <summary>
    /// The index of the container's path: the last absolute path, or the part before the first ro or rw.
    /// </summary>
    private static int PathIndex(List<string> parts)
    {
        int absolute = parts.FindLastIndex(IsAbsolute);
        if (absolute > 0)
        {
            return absolute;
        }

        int option = parts.FindIndex(parts.Count > 2 ? 2 : 1, part => part.Split(',').Any(IsOption));
        return (option < 0 ? parts.Count : option) - 1;
    }

    private static void RefuseUnknown(string[] options, string text)
    {
        if (options.FirstOrDefault(name => !IsOption(name)) is { } unknown)
        {
            throw Meaningless(unknown, text, "A folder has one option, ro or rw", "HostPath = '...'; ContainerPath");
        }

        if (options.Length > 1)
        {
            throw new HcsDocumentException("$", $"'{text}' has {options.Length} options; give one of ro and rw");
        }
    }

    private static bool IsOption(string part) =>
        part.Equals("ro", StringComparison.OrdinalIgnoreCase) || part.Equals("rw", StringComparison.OrdinalIgnoreCase);

    private static HcsDocumentException Meaningless(string part, string text, string rule, string members) => new(
        "$",
        $"`{part}` means nothing here; leave it out of '{text}'. {rule}; a path that holds a colon is given in a hashtable, "
        + $"@{{ {members} = '...' }}");

    /// <summary>The path on the host. A Unix path may contain a colon; a Windows path cannot.</summary>
    private static string HostPath(List<string> parts, int end, string text) =>
        end > 1 && IsOfWindows(parts[0])
            ? throw new HcsDocumentException("$", $"`{parts[1]}` means nothing between the paths of '{text}'; leave it out")
            : string.Join(":", parts.Take(end));

    private static List<string> Split(string text, string form)
    {
        List<string> parts = [];
        int start = 0;
        for (int at = 0; at <= text.Length; at++)
        {
            if (at == text.Length || (text[at] == ':' && !IsDriveColon(text, start, at)))
            {
                parts.Add(text.Substring(start, at - start));
                start = at + 1;
            }
        }

        return parts.Count < 2 ? throw NotOfForm(text, form)
            : parts.Contains(string.Empty) ? throw new HcsDocumentException(
                "$", $"'{text}' has a colon with nothing before or after it; its form is {form}")
            : parts;
    }

    private static HcsDocumentException NotOfForm(string text, string form) =>
        new("$", $"'{text}' is not of the form {form}");

    private static bool IsDriveColon(string text, int start, int colon)
    {
        string before = text.Substring(start, colon - start);
        string drive = s_devicePrefixes.Any(prefix => before.StartsWith(prefix, StringComparison.Ordinal))
            ? before.Substring(s_devicePrefixes[0].Length)
            : before;
        return drive.Length == 1
            && char.IsLetter(drive[0])
            && (colon + 1 == text.Length || text[colon + 1] is '\\' or '/' or ':');
    }

    private static bool IsAbsolute(string part) => part[0] is '/' or '\\' || HasDrive(part);

    private static bool IsOfWindows(string part) => part[0] == '\\' || HasDrive(part);

    private static bool HasDrive(string part) => part.Length > 1 && part[1] == ':' && char.IsLetter(part[0]);
}
