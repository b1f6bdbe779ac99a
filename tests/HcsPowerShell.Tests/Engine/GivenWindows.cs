using System;
using System.Reflection;

namespace HcsPowerShell.Tests.Engine;

/// <summary>Lets a host say that it is a Windows of a version.</summary>
internal static class GivenWindows
{
    private const BindingFlags Internal = BindingFlags.Instance | BindingFlags.NonPublic;

    /// <param name="host">The host.</param>
    /// <param name="version">Its version; null for one that cannot be asked.</param>
    /// <param name="images">The operating system of its images.</param>
    /// <param name="mountsScratch">True when it makes and mounts a scratch itself.</param>
    public static void Pretend(object host, string? version, string images = "windows", bool mountsScratch = true)
    {
        PropertyInfo properties = host.GetType().GetProperty("Properties", Internal)!;
        object own = properties.GetValue(host)!;
        object told = own.GetType().GetMethod("<Clone>$")!.Invoke(own, null)!;
        told.GetType().GetProperty("OSVersion")!.SetValue(told, version is null ? null : Version.Parse(version));
        told.GetType().GetProperty("MountsScratch")!.SetValue(told, mountsScratch);
        told.GetType().GetProperty("ImageOS")!.SetValue(told, images);
        properties.SetValue(host, told);
    }
}
