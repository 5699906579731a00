package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
class FaxApplicationTest {
    @Autowired
    private FaxRoutes routes;

    @Test
    void theFaxHasGoneOutWhenTheApplicationHasStarted() {
        assertEquals(List.of("the contract"), routes.subjects());
    }
}
