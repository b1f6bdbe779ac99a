namespace HcsPowerShell.Interop.Documents;

/// <summary>Utility virtual machine of a Hyper-V isolated container (hcsshim <c>HvRuntime</c>).</summary>
public sealed class HvRuntime : HcsDocument
{
    /// <summary>Folder of the utility image, or its VHD when <see cref="BootSource"/> is <c>Vhd</c>.</summary>
    public string? ImagePath { get; set; }

    /// <summary>Boots instead of cloning a template.</summary>
    public bool SkipTemplate { get; set; }

    /// <summary>File name of the initial RAM disk.</summary>
    public string? LinuxInitrdFile { get; set; }

    /// <summary>File name of the kernel.</summary>
    public string? LinuxKernelFile { get; set; }

    /// <summary>Extra kernel parameters.</summary>
    public string? LinuxBootParameters { get; set; }

    /// <summary><c>Vhd</c>, or absent for files.</summary>
    public string? BootSource { get; set; }

    /// <summary>The boot disk may be written to.</summary>
    public bool WritableBootSource { get; set; }
}
