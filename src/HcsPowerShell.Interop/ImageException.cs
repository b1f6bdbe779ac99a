using System;

namespace HcsPowerShell.Interop;

/// <summary>An image that does not allow what is asked for, or is damaged. Nothing was changed.</summary>
public sealed class ImageException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="problem">The reason.</param>
    /// <param name="image">The image, path or reference that has it.</param>
    /// <param name="message">The reason in a sentence.</param>
    /// <param name="inner">The exception that caused this one, if any.</param>
    public ImageException(ImageProblem problem, string image, string message, Exception? inner = null)
        : base(message, inner)
    {
        Problem = problem;
        Image = image;
    }

    /// <summary>The reason.</summary>
    public ImageProblem Problem { get; }

    /// <summary>The image, path or reference that has the problem.</summary>
    public string Image { get; }
}

/// <summary>The reasons why an image does not allow an operation.</summary>
public enum ImageProblem
{
    /// <summary>There is no such image, file, folder or reference.</summary>
    NotFound,

    /// <summary>The file or folder is no image archive, or a part of it cannot be read.</summary>
    Unreadable,

    /// <summary>A part of it is missing, cut off, or has another digest than its name says.</summary>
    Damaged,

    /// <summary>The archive has several images, and none was named.</summary>
    Ambiguous,

    /// <summary>The image is for another operating system or architecture.</summary>
    OtherPlatform,

    /// <summary>The image is for a version of Windows that does not run on the host.</summary>
    OtherVersion,

    /// <summary>The registry refuses the user or its password, or cannot be reached.</summary>
    Refused,

    /// <summary>A container or a layer uses it.</summary>
    InUse,

    /// <summary>It belongs to Docker or containerd.</summary>
    Foreign,

    /// <summary>A program that the import needs is not installed.</summary>
    ToolMissing,
}
