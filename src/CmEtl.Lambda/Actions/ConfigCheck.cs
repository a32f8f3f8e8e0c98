using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using CmEtl.Engine;

namespace CmEtl.Lambda;

/// <summary>
/// Checks what an operator cannot check from outside the function, in the order of the steps of a run: time limits, password or role,
/// network, login and TLS, then the preflight of the engine with the ledger. It writes nothing.
/// </summary>
internal sealed class ConfigCheck(EtlEngine engine, FunctionSettings settings, Func<CancellationToken, ValueTask<string>>? password,
    Redactor redactor)
{
    /// <summary>With less time, a slow chunk of the default size is stopped and split. Lambda's own default is 3 s.</summary>
    private static readonly TimeSpan ShortTimeout = TimeSpan.FromSeconds(300);

    private readonly List<Finding> _findings = [];

    /// <summary>Runs the checks in order, and stops if later checks are not possible.</summary>
    /// <param name="time">Time until the deadline minus the margin. Null without a limit.</param>
    /// <param name="cancel">Cancels the checks.</param>
    public async Task<IReadOnlyList<Finding>> RunAsync(TimeSpan? time, CancellationToken cancel)
    {
        // An execution environment processes one invocation at a time.
        _findings.Clear();
        if (time is { } limit)
        {
            CheckTime(limit);
        }

        if (await HasPasswordAsync(cancel) && await IsReachableAsync(cancel) && await IsConnectedAsync(cancel))
        {
            _findings.AddRange(await engine.CheckAsync(cancel));
        }

        return [.. _findings.Select(f => f with { Message = redactor.Clean(f.Message), Remedy = redactor.Clean(f.Remedy) })];
    }

    private void CheckTime(TimeSpan time)
    {
        var all = time + settings.DeadlineMargin;
        var text = string.Create(
            CultureInfo.InvariantCulture, $"A chunk has {time.TotalSeconds:F0} s: the function's timeout of {all.TotalSeconds:F0} s minus {FunctionSettings.Margin}.");
        if (all < ShortTimeout)
        {
            Add(FindingSeverity.Warning, "Time limits", text, "Increase the timeout of the function with Publish-CmLambda -Timeout 900.");
        }
        else
        {
            Add(FindingSeverity.Information, "Time limits", text, "");
        }
    }

    private async Task<bool> HasPasswordAsync(CancellationToken cancel)
    {
        if (password is null)
        {
            return true;
        }

        try
        {
            await password(cancel);
            Add(FindingSeverity.Information, "Password", settings.UsesIam ? "The role signed a token for the login." : "The secret was read.", "");
            return true;
        }
        catch (CmEtlException error)
        {
            return Fail("Password", error);
        }
    }

    // Checked separately from the login. Otherwise a security group, a missing route and a wrong name all look like a slow server.
    private async Task<bool> IsReachableAsync(CancellationToken cancel)
    {
        if (engine.Settings.Host.StartsWith('/'))
        {
            return true;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(engine.Settings.ConnectTimeoutSeconds));
        var watch = Stopwatch.StartNew();
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(engine.Settings.Host, engine.Settings.Port, limit.Token);
            Add(
                FindingSeverity.Information, "Network", string.Create(
                    CultureInfo.InvariantCulture, $"Port {engine.Settings.Port} of the database server accepted a connection after {watch.ElapsedMilliseconds} ms."), "");
            return true;
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData)
        {
            return Unreachable("The name of the database server cannot be resolved.", "Check POSTGRES_HOST, and that DNS resolution is enabled in the VPC of the function.");
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return Unreachable($"The connection to port {engine.Settings.Port} of the database server was refused.", "Check POSTGRES_HOST and POSTGRES_PORT, and that the server is running.");
        }
        catch (Exception error) when (error is SocketException || (error is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return Unreachable(
                $"The database server did not respond on port {engine.Settings.Port} within {engine.Settings.ConnectTimeoutSeconds} s.",
                "Run the function in subnets with a route to the server, and allow this port from the function's security group in the server's.");
        }
    }

    private async Task<bool> IsConnectedAsync(CancellationToken cancel)
    {
        try
        {
            var server = await engine.ConnectAsync(cancel);
            var verified = engine.Settings.SslMode is "" or "verify-full" or "verify-ca" ? "" : $" ssl_mode is {engine.Settings.SslMode}, so the server's certificate is not verified.";
            Add(
                server.Encrypted && verified.Length == 0 ? FindingSeverity.Information : FindingSeverity.Warning, "TLS",
                (server.Encrypted ? "The connection is encrypted." : "The connection is not encrypted.") + verified,
                server.Encrypted && verified.Length == 0 ? "" : "Publish the certificates of the certification authorities with Publish-CmLambda -RootCertificate, and set CMETL_SSL_MODE to verify-full.");
            return true;
        }
        catch (CmEtlException error) when (settings.UsesIam && error.ErrorId is $"{ErrorIds.Postgres}28P01" or $"{ErrorIds.Postgres}28000")
        {
            Add(
                FindingSeverity.Error, "Login", "The server refused the token of the role.",
                "Run GRANT rds_iam TO the function's user, enable IAM authentication of the instance, and allow rds-db:connect for this user in the function's role.");
            return false;
        }
        catch (CmEtlException error)
        {
            return Fail("Login", error);
        }
    }

    private bool Unreachable(string message, string remedy)
    {
        Add(FindingSeverity.Error, "Network", message, remedy);
        return false;
    }

    private bool Fail(string check, CmEtlException error)
    {
        Add(FindingSeverity.Error, check, error.Message, error.Remedy);
        return false;
    }

    private void Add(FindingSeverity severity, string check, string message, string remedy) =>
        _findings.Add(new(severity, check, message, remedy));
}
