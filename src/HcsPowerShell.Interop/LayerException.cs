using System;

namespace HcsPowerShell.Interop;

/// <summary>A layer that does not allow what is asked for. Nothing was changed.</summary>
public sealed class LayerException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="problem">The reason.</param>
    /// <param name="path">The layer that has it.</param>
    /// <param name="message">The reason in a sentence.</param>
    /// <param name="inner">The exception that caused this one, if any.</param>
    public LayerException(LayerProblem problem, string path, string message, Exception? inner = null)
        : base(message, inner)
    {
        Problem = problem;
        Path = path;
    }

    /// <summary>The reason.</summary>
    public LayerProblem Problem { get; }

    /// <summary>Folder of the layer that has the problem.</summary>
    public string Path { get; }
}

/// <summary>The reasons why a layer does not allow an operation.</summary>
public enum LayerProblem
{
    /// <summary>The folder does not exist.</summary>
    NotFound,

    /// <summary>The folder is no layer, or none of the kind that is needed.</summary>
    NotALayer,

    /// <summary>The folder exists already, with something in it.</summary>
    AlreadyExists,

    /// <summary>The base layer is unpacked and not completed.</summary>
    NotInitialized,

    /// <summary>The layer is of a version of Windows that does not run on the host.</summary>
    OtherVersion,

    /// <summary>None of the layers has a utility virtual machine.</summary>
    NoUtilityVM,

    /// <summary>The base layer is completed already.</summary>
    AlreadyInitialized,

    /// <summary>A parent does not exist, or no parents are known.</summary>
    ParentMissing,

    /// <summary><c>layerchain.json</c> is not a list of absolute paths.</summary>
    ChainUnreadable,

    /// <summary>A layer is its own parent.</summary>
    ChainLoop,

    /// <summary>The scratch was made on other layers.</summary>
    OtherParents,

    /// <summary>A layer, a mount or a container uses it.</summary>
    InUse,

    /// <summary>It belongs to Docker or containerd.</summary>
    Foreign,
}
