using System;

namespace HcsPowerShell.Interop.Images;

/// <summary>The files of an image archive by their names, with slashes.</summary>
internal interface IImageFiles : IDisposable
{
    /// <summary>Path of the archive, as errors name it.</summary>
    string Path { get; }

    /// <summary>Returns the bytes of a file; null when there is none.</summary>
    long? SizeOf(string name);

    /// <summary>Reads a small file; null when there is none.</summary>
    /// <exception cref="ImageException">It is too large, or cut off.</exception>
    byte[]? Read(string name);
}

/// <summary>Limits of the files that are read into memory.</summary>
internal static class ImageFileLimit
{
    /// <exception cref="ImageException">The file is too large.</exception>
    public static void Require(string image, string name, long size)
    {
        if (size > ImageNode.MostBytes)
        {
            throw new ImageException(
                ImageProblem.Unreadable,
                image,
                $"'{name}' of '{image}' has {size} bytes; {ImageNode.MostBytes} are the most.");
        }
    }
}
