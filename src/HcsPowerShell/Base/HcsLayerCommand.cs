using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using HcsPowerShell.Binding;
using HcsPowerShell.Completion;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Base;

/// <summary>A command that acts on layers, which the user names by object or by the path of their folder.</summary>
public abstract class HcsLayerCommand : HcsCommand
{
    internal const string LayerSet = "Layer";
    internal const string PathSet = "Path";
    internal const string LiteralPathSet = "LiteralPath";

    private protected HcsLayerCommand()
    {
    }

    /// <summary>The layers, as objects; a mounted scratch is one too.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = LayerSet)]
    [Alias("InputObject")]
    [ValidateNotNullOrEmpty]
    [TargetTransformation(typeof(HcsLayer))]
    public virtual HcsLayer[] Layer { get; set; } = [];

    /// <summary>The folders of the layers; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public virtual string[] Path { get; set; } = [];

    /// <summary>The folders of the layers, by their exact paths.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The verb for messages, as in "Cannot {mount} layer 'D:\hcs\app'".</summary>
    private protected abstract string Verb { get; }

    /// <summary>The layers that the user named. Each layer that cannot be used is an error.</summary>
    private protected virtual IEnumerable<LayerTarget> Targets => ParameterSetName switch
    {
        LayerSet => FromObjects(),
        PathSet => FromPaths(Path, TypedPaths.OfLayers.Matching),
        _ => FromPaths(LiteralPath, (session, path) => [TypedPaths.OfLayers.Literal(session, path)]),
    };

    /// <inheritdoc/>
    private protected override void ProcessHere()
    {
        foreach (LayerTarget target in Targets)
        {
            Process(target);
        }

        BeginApproved();
    }

    private protected abstract void Process(LayerTarget target);

    private protected string Attempt(LayerTarget target) => $"{Verb} {target}";

    private IEnumerable<LayerTarget> FromObjects()
    {
        foreach (HcsLayer layer in Layer)
        {
            string attempt = $"{Verb} layer '{layer}'";
            if (MayUse(
                layer.Host, attempt, layer, $"-LiteralPath {TypedLine.Quote(layer.Path)}", "Get-HcsLayer"))
            {
                yield return new LayerTarget(RequireHere(layer.Host), layer.Path);
            }
        }
    }

    private IEnumerable<LayerTarget> FromPaths(
        IEnumerable<string> paths, System.Func<PathIntrinsics, string, IReadOnlyList<string>> resolve)
    {
        foreach (string path in paths)
        {
            IReadOnlyList<string> folders = [];
            Guard($"{Verb} layer '{path}'", path, () => folders = resolve(SessionState.Path, path));
            foreach (string folder in folders)
            {
                LayerTarget? target = null;
                Guard($"{Verb} layer '{folder}'", folder, () => target = new LayerTarget(ResolveHost(), folder));
                if (target is not null)
                {
                    yield return target;
                }
            }
        }
    }
}
