using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Documents;

/// <summary>A document as it may be shown: credential specifications are masked.</summary>
internal static class SecretMask
{
    private const string Masked = "***";

    public static string Show(string document)
    {
        ContainerConfig config = HcsJson.Read<ContainerConfig>(document);
        if (!string.IsNullOrEmpty(config.Credentials))
        {
            config.Credentials = Masked;
        }

        return HcsJson.Write(config);
    }
}
