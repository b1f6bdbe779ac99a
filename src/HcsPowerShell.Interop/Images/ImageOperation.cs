using System;

namespace HcsPowerShell.Interop.Images;

/// <summary>The operations on images.</summary>
internal enum ImageOperation
{
    /// <summary>Lists the images of the stores.</summary>
    List,

    /// <summary>Reads the images of an archive.</summary>
    Read,

    /// <summary>Imports an image into the store.</summary>
    Import,

    /// <summary>Removes an image from the store.</summary>
    Remove,
}

/// <summary>Maps each operation on images to the function that errors show, and to its default time limit.</summary>
internal static class ImageOperations
{
    /// <summary>Returns the name that errors show; HCS has no such functions.</summary>
    public static string Function(this ImageOperation operation) => operation switch
    {
        ImageOperation.List => "GetImages",
        ImageOperation.Read => "ReadImage",
        ImageOperation.Import => "ImportImage",
        ImageOperation.Remove => "RemoveImage",
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };

    /// <summary>
    /// Returns the time after which a call fails when its caller gives none: an hour for an import, which may load
    /// gigabytes; 240 s for the rest, as for the creation of a system.
    /// </summary>
    public static TimeSpan DefaultTimeout(this ImageOperation operation) =>
        operation == ImageOperation.Import ? TimeSpan.FromHours(1) : ComputeOperation.Create.DefaultTimeout();
}
