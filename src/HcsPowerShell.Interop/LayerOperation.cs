using System;

namespace HcsPowerShell.Interop;

/// <summary>The operations on layers.</summary>
internal enum LayerOperation
{
    /// <summary>GetLayerMountPath, and what the disk tells.</summary>
    Describe,

    /// <summary>CreateSandboxLayer, ExpandSandboxSize.</summary>
    CreateScratch,

    /// <summary>ActivateLayer, PrepareLayer, GetLayerMountPath.</summary>
    Mount,

    /// <summary>UnprepareLayer, DeactivateLayer.</summary>
    Dismount,

    /// <summary>The folder of records and scratches.</summary>
    FindOwnFolder,

    /// <summary>DestroyLayer.</summary>
    Remove,

    /// <summary>ProcessBaseImage, ProcessUtilityImage.</summary>
    Initialize,
}

/// <summary>Maps each operation on layers to its HCS function and its default time limit.</summary>
internal static class LayerOperations
{
    /// <summary>Returns the name of the HCS function that errors show.</summary>
    public static string Function(this LayerOperation operation) => operation switch
    {
        LayerOperation.Describe => "GetLayerMountPath",
        LayerOperation.CreateScratch => "CreateSandboxLayer",
        LayerOperation.Mount => "PrepareLayer",
        LayerOperation.Dismount => "UnprepareLayer",
        LayerOperation.FindOwnFolder => "CreateDirectory",
        LayerOperation.Remove => "DestroyLayer",
        LayerOperation.Initialize => "ProcessBaseImage",
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };

    /// <summary>
    /// Returns the time after which a call fails when its caller gives none: an hour to complete a base layer, which
    /// writes two disks; 240 s for the rest, as for the creation of a system.
    /// </summary>
    public static TimeSpan DefaultTimeout(this LayerOperation operation) =>
        operation == LayerOperation.Initialize ? TimeSpan.FromHours(1) : ComputeOperation.Create.DefaultTimeout();
}
