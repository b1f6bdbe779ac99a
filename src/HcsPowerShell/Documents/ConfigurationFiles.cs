using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using HcsPowerShell.Errors;
using HcsPowerShell.Hosts;

namespace HcsPowerShell.Documents;

/// <summary>Reads the files that a command receives. Each file that cannot be read is a separate error.</summary>
internal static class ConfigurationFiles
{
    /// <summary>Reads the files that match paths with wildcards: the full path and the text of each.</summary>
    public static IEnumerable<(string Path, string Text)> Read(PSCmdlet command, string[] paths) =>
        Read(command, paths, path => ConfigurationText.IsDocument(path)
            ? throw new IOException("it is a configuration itself and no path; ConvertFrom-HcsJson reads JSON text.")
            : command.GetResolvedProviderPathFromPSPath(path, out _));

    /// <summary>Reads the files at exact paths: the full path and the text of each.</summary>
    public static IEnumerable<(string Path, string Text)> ReadLiteral(PSCmdlet command, string[] paths) =>
        Read(command, paths, path => [command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path)]);

    /// <summary>
    /// The full path of a file object, which is never a configuration itself; null for any other value.
    /// </summary>
    public static string? PathOf(object value) =>
        value.Unwrap() is FileInfo file ? file.FullName : null;

    private static IEnumerable<(string Path, string Text)> Read(
        PSCmdlet command, string[] paths, Func<string, IEnumerable<string>> resolve)
    {
        foreach (string path in paths)
        {
            foreach (string file in Try(command, path, () => resolve(path)) ?? [])
            {
                if (Try(command, file, () => File.ReadAllText(file)) is { } text)
                {
                    yield return (file, text);
                }
            }
        }
    }

    private static T? Try<T>(PSCmdlet command, string path, Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SessionStateException)
        {
            command.WriteError(HcsErrors.PathNotFound(e, ConfigurationText.IsDocument(path) ? "{...}" : path));
            return null;
        }
    }
}
