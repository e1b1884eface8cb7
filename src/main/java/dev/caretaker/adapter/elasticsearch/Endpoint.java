package dev.caretaker.adapter.elasticsearch;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.caretaker.adapter.elasticsearch.CallFailed.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.message.BasicHeader;
import org.elasticsearch.client.HttpAsyncResponseConsumerFactory.HeapBufferedResponseConsumerFactory;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.RequestOptions;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseListener;
import org.elasticsearch.client.RestClient;
import org.jspecify.annotations.Nullable;

/** One address of a cluster. Calls are bounded in time and in the size of what they answer. */
final class Endpoint implements AutoCloseable {
  /** A state of 50,000 shards is a fifth of it. */
  private static final int MOST_BYTES = 64 << 20;

  private static final RequestOptions BOUNDED =
      RequestOptions.DEFAULT.toBuilder()
          .setHttpAsyncResponseConsumerFactory(new HeapBufferedResponseConsumerFactory(MOST_BYTES))
          .build();

  private final String name;
  private final RestClient client;

  Endpoint(URI uri, EsConnection connection, @Nullable SSLContext trust) {
    this.name = uri.getScheme() + "://" + uri.getAuthority();
    var timeouts = connection.timeouts();
    var builder =
        RestClient.builder(new HttpHost(uri.getHost(), port(uri), uri.getScheme()))
            .setRequestConfigCallback(
                request ->
                    request
                        .setConnectTimeout((int) timeouts.connect().toMillis())
                        // The limit of each call is kept in answer(); this one only frees sockets.
                        .setSocketTimeout((int) timeouts.write().multipliedBy(2).toMillis()))
            .setHttpClientConfigCallback(
                http -> {
                  // A stalled node keeps its connections busy; others must still get one.
                  http.setMaxConnPerRoute(16).setMaxConnTotal(16);
                  return trust == null ? http : http.setSSLContext(trust);
                });
    if (uri.getPath() != null && uri.getPath().length() > 1) {
      builder.setPathPrefix(uri.getPath());
    }
    connection
        .credentials()
        .ifPresent(
            secret ->
                builder.setDefaultHeaders(
                    new Header[] {new BasicHeader("Authorization", secret.header())}));
    this.client = builder.build();
  }

  /** Something that turns an answer's body into a value while it is read. */
  interface Reader<T> {
    T read(InputStream body) throws IOException;
  }

  /** Makes a call whose answer says nothing more than that it came. */
  void tell(Call call) throws CallFailed {
    answer(call);
  }

  /** Whether the node itself answers anything, whatever its master and the others do. */
  boolean answersForItself(Duration within) {
    try {
      tell(Call.get("/_nodes/_local?filter_path=nodes.*.name", within));
      return true;
    } catch (CallFailed failed) {
      return failed.status() > 0;
    }
  }

  /** Makes a call and reads its answer. */
  <T> T ask(Call call, Reader<T> reader) throws CallFailed {
    var response = answer(call);
    try (var body = response.getEntity().getContent()) {
      return reader.read(body);
    } catch (IOException unreadable) {
      throw new CallFailed(
          Kind.BROKEN,
          "%s on %s answered what could not be understood: %s"
              .formatted(call, name, unreadable.getMessage()),
          unreadable);
    }
  }

  private Response answer(Call call) throws CallFailed {
    var request = new Request(call.method(), call.path());
    request.setOptions(BOUNDED);
    call.body().ifPresent(request::setJsonEntity);
    var future = new CompletableFuture<Response>();
    var running = client.performRequestAsync(request, completing(future));
    try {
      return future.get(call.within().toMillis(), MILLISECONDS);
    } catch (TimeoutException late) {
      running.cancel();
      var sentence = call + " stalled: " + name + " gave no answer within " + seconds(call);
      throw new CallFailed(Kind.STALLED, sentence, late);
    } catch (ExecutionException failed) {
      throw Failures.translate(call, name, failed.getCause());
    } catch (InterruptedException stopping) {
      running.cancel();
      Thread.currentThread().interrupt();
      throw new CallFailed(Kind.STALLED, call + " was given up: shutting down", stopping);
    }
  }

  private static ResponseListener completing(CompletableFuture<Response> future) {
    return new ResponseListener() {
      @Override
      public void onSuccess(Response response) {
        future.complete(response);
      }

      @Override
      public void onFailure(Exception exception) {
        future.completeExceptionally(exception);
      }
    };
  }

  private static String seconds(Call call) {
    return call.within().toMillis() / 1000.0 + " s";
  }

  private static int port(URI uri) {
    if (uri.getPort() > 0) {
      return uri.getPort();
    }
    return uri.getScheme().equals("https") ? 443 : 80;
  }

  @Override
  public void close() throws IOException {
    client.close();
  }

  @Override
  public String toString() {
    return name;
  }
}
