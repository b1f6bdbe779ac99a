using System;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Documents;

/// <summary>
/// The short text forms people know: <c>host:container[:ro|:rw]</c> for a folder, <c>host:name</c> for a pipe. Parsed
/// from the right; the colon of a drive letter is no separator.
/// </summary>
internal static class ShortForm
{
    private const string PipePrefix = @"\\.\pipe\";

    /// <exception cref="HcsDocumentException">Not of that form.</exception>
    public static MappedDir MappedDir(string text)
    {
        string rest = text;
        bool readOnly = TakeSuffix(ref rest, ":ro");
        if (!readOnly)
        {
            TakeSuffix(ref rest, ":rw");
        }

        (string host, string container) = Split(rest, text, "HostPath:ContainerPath[:ro]");
        return new MappedDir { HostPath = host, ContainerPath = container, ReadOnly = readOnly };
    }

    /// <exception cref="HcsDocumentException">Not of that form.</exception>
    public static MappedPipe MappedPipe(string text)
    {
        (string host, string name) = Split(text, text, "HostPath:ContainerPipeName");
        return new MappedPipe
        {
            HostPath = host,
            ContainerPipeName =
                name.StartsWith(PipePrefix, StringComparison.OrdinalIgnoreCase) ? name.Substring(PipePrefix.Length) : name,
        };
    }

    private static bool TakeSuffix(ref string text, string suffix)
    {
        bool has = text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase);
        text = has ? text.Substring(0, text.Length - suffix.Length) : text;
        return has;
    }

    private static (string Left, string Right) Split(string text, string whole, string form)
    {
        int colon = text.LastIndexOf(':');
        if (colon > 0 && IsDriveColon(text, colon))
        {
            colon = text.LastIndexOf(':', colon - 1);
        }

        return colon > 0 && colon < text.Length - 1 && !IsDriveColon(text, colon)
            ? (text.Substring(0, colon), text.Substring(colon + 1))
            : throw new HcsDocumentException("$", $"'{whole}' is not of the form {form}");
    }

    private static bool IsDriveColon(string text, int colon) =>
        char.IsLetter(text[colon - 1])
        && (colon == 1 || text[colon - 2] == ':')
        && (colon + 1 == text.Length || text[colon + 1] is '\\' or '/');
}
