using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Targets;

/// <summary>Turns the paths that users type into paths of the file system.</summary>
internal sealed class TypedPaths
{
    private readonly Func<string, bool> _exists;
    private readonly Func<string, string, SessionStateException?, Exception> _refusal;

    private TypedPaths(Func<string, bool> exists, Func<string, string, SessionStateException?, Exception> refusal)
    {
        _exists = exists;
        _refusal = refusal;
    }

    /// <summary>The folders of layers. A path that is none of the file system is a <see cref="LayerException"/>.</summary>
    public static TypedPaths OfLayers { get; } = new(
        Directory.Exists, (path, message, cause) => new LayerException(LayerProblem.NotFound, path, message, cause));

    /// <summary>The disks of virtual machines. A path that is none of the file system is a <see cref="VirtualDiskException"/>.</summary>
    public static TypedPaths OfDisks { get; } = new(
        File.Exists, (path, message, cause) => new VirtualDiskException(VirtualDiskProblem.NotFound, path, message, cause));

    /// <summary>
    /// The paths that match one with wildcards. A folder or file of exactly that name is taken first; without wildcards it need
    /// not exist.
    /// </summary>
    public IReadOnlyList<string> Matching(PathIntrinsics session, string path)
    {
        string literal = Literal(session, path);
        if (_exists(literal))
        {
            return [literal];
        }

        if (!WildcardPattern.ContainsWildcardCharacters(path))
        {
            return [Literal(session, WildcardPattern.Unescape(path))];
        }

        try
        {
            return [.. session.GetResolvedProviderPathFromPSPath(path, out _).Where(_exists)];
        }
        catch (ItemNotFoundException)
        {
            return [];
        }
    }

    /// <summary>The exact path, at which nothing need exist.</summary>
    public string Literal(PathIntrinsics session, string path)
    {
        try
        {
            string full = session.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return provider.Name == "FileSystem" ? full
                : throw _refusal(path, $"'{path}' is no path of the file system.", null);
        }
        catch (SessionStateException e)
        {
            throw _refusal(path, e.Message, e);
        }
    }
}
