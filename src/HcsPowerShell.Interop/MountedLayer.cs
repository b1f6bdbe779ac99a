using System.Collections.Generic;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop;

/// <summary>A mounted scratch: the three members of a container document that name its storage.</summary>
/// <param name="LayerFolderPath">Folder of the scratch.</param>
/// <param name="VolumePath">The mounted volume, without a trailing backslash.</param>
/// <param name="Layers">The layers below the scratch, newest first, with their ids.</param>
public sealed record MountedLayer(string LayerFolderPath, string VolumePath, IReadOnlyList<Layer> Layers);
