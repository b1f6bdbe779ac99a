using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

/// <summary>
/// Tests that a refusal is reported with its own error, whatever document the service returns with it.
/// </summary>
public sealed class ResultDocumentTests(Session session) : SessionTests(session)
{
    private const int GuestCriticalError = unchecked((int)0x8037011C);

    [Theory]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("[]")]
    [InlineData("nonsense")]
    [InlineData("""{"ErrorEvents":[null]}""")]
    [InlineData("""{"Attribution":[null,{"OperationFailure":null}]}""")]
    [InlineData("""{"ErrorEvents":5,"ErrorMessage":["a"]}""")]
    [InlineData("""{"ErrorMessage":"\ud800"}""")]
    [InlineData("""{"Other":"\udfff"}""")]
    public void The_error_is_that_of_the_code(string document)
    {
        (object host, GivenSystem system) = ServiceProxy.HostOf<GivenSystem>(Session);
        system.Refusal = (GuestCriticalError, document);
        Session.Run("Start-HcsContainer given -HcsHost $h", ("h", host))
            .RequireError("HcsGuestCriticalError", ErrorCategory.DeviceError);
    }
}
