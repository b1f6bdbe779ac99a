using System;
using System.Runtime.CompilerServices;
using HcsPowerShell.Embedded.Linux.Oci.Images;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>The test executable as a process that imports an image until the test kills it.</summary>
internal static class ImageImporter
{
    public const string Argument = "--image-importer";

    // Runs before the test runner's entry point, which would not know the argument.
    [ModuleInitializer]
    internal static void RunIfAsked()
    {
        string[] arguments = Environment.GetCommandLineArgs();
        int at = Array.IndexOf(arguments, Argument);
        if (at >= 0)
        {
            ImageSource source = new() { Reference = arguments[at + 2], SkipCertificateCheck = true };
            new OciImages(arguments[at + 1]).ImportAsync(source, default).GetAwaiter().GetResult();
        }
    }
}
